import { noticeCauses } from '../domain/notices/causes.ts'
import type { Placeholder } from '../domain/notices/definition.ts'
import { commonPlaceholders, customerPlaceholders, noticeKindNames, noticeKinds } from '../domain/notices/kinds.ts'
import { valuesBroughtBy } from '../domain/notices/moment-values.ts'
import { occasionsOf } from '../domain/notices/occasions.ts'
import { momentLabel } from '../domain/profile/moment-labels.ts'
import { moments } from '../domain/profile/moments.ts'
import { silenceable } from '../domain/profile/notification-rules.ts'
import { scriptPlaceholders } from '../domain/profile/notices.ts'
import { table } from './tables.ts'

/** docs/notices.md with its tables as the code has them; what stands around them is written by hand. */
export function noticesPage(page: string): string {
  return Object.entries(tables).reduce(
    (text, [name, make]) =>
      text.replace(new RegExp(`(<!-- ${name}: made by npm run docs:generate -->\n)[\\s\\S]*?(<!-- end -->)`), (_, begin, end) =>
        [begin, '\n', make(), '\n\n', end].join(''),
      ),
    page,
  )
}

const tables = {
  kinds: () =>
    table(
      ['Kind', '名称', 'To', 'May say', 'May be muted'],
      noticeKindNames.map((kind) => {
        const { label, audience, params, mayMute } = noticeKinds[kind]
        return [`\`${kind}\``, label['zh-CN'], audience, placeholders(params), mayMute ? 'yes' : '']
      }),
    ),
  silenceable: () => silenceable.map((kind) => `\`${kind}\``).join(' '),
  moments: () =>
    table(
      ['Moment', '名称', 'Brings'],
      moments.map((moment) => [
        `\`${moment}\``,
        momentLabel(moment, { waitingFor: [] }, 'zh-CN'),
        Object.entries(valuesBroughtBy(moment))
          .map(
            ([name, { has, internal }]) => `${has === 'optional' ? `\`[{${name}}]\`` : `\`{${name}}\``}${internal === true ? '\\*' : ''}`,
          )
          .join(' '),
      ]),
    ),
  occasions: () =>
    table(
      ['Kind', 'Moments'],
      noticeKindNames
        .filter((kind) => occasionsOf(kind).length > 0)
        .map((kind) => [
          `\`${kind}\``,
          occasionsOf(kind)
            .map((moment) => `\`${moment}\``)
            .join(' '),
        ]),
    ),
  common: () => placeholders(commonPlaceholders),
  customers: () => placeholders(customerPlaceholders),
  scripts: () => placeholders(scriptPlaceholders),
  causes: () =>
    table(
      ['Cause', 'Means'],
      Object.entries(noticeCauses).map(([cause, { en }]) => [`\`${cause}\``, en]),
    ),
}

function placeholders(params: Readonly<Record<string, Placeholder>>): string {
  return Object.entries(params)
    .map(([name, { has }]) => (has === 'optional' ? `\`[{${name}}]\`` : `\`{${name}}\``))
    .join(' ')
}
