import { conditionText } from '../../domain/differences/conditions.ts'
import { noticeKindNames, noticeKinds } from '../../domain/notices/kinds.ts'
import { usualTemplates } from '../../domain/notices/usual.ts'
import { own } from '../../domain/own.ts'
import { roleLabels } from '../../domain/people.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { stagesOf } from '../../domain/profile/stages.ts'
import { table } from '../tables.ts'
import { closesBySilence, pathPicture, stepsOf } from './path.ts'
import { ladders, promisesTable } from './promises.ts'
import { requirementsOf, requirementsTable, testFiles } from './requirements.ts'

/** docs/processes: a page for each shipped profile, for who owns the process (X1), by the names of their files. */
export function processPages(profiles: readonly Profile[], requirements: string, root: URL): ReadonlyMap<string, string> {
  const tests = testFiles(root)
  const pages = profiles.map((profile): [string, string] => [
    `${profile.id}.md`,
    `${[...sections(profile), '## What holds it', requirementsTable(requirementsOf(profile.id, requirements), tests)].join('\n\n')}\n`,
  ])
  return new Map([['README.md', contents(profiles)], ...pages])
}

function contents(profiles: readonly Profile[]): string {
  return [
    '# Processes',
    'A page for each profile that comes along: its path, its promises, who is told what, and which tests hold each requirement. Made from the profiles and the names of the tests by `npm run docs:generate`.',
    table(
      ['Profile', '名称', 'Source document'],
      profiles.map(({ id, label, document }) => [`[${id}](${id}.md)`, label['zh-CN'], document.title]),
    ),
  ]
    .join('\n\n')
    .concat('\n')
}

function sections(profile: Profile): string[] {
  const { label, document, number, channels, version } = profile
  return [
    `# ${label.en} · ${label['zh-CN']}`,
    `The process of the profile [\`${profile.id}\`](../../profiles/${profile.id}.yaml) in version ${version}, made from it by \`npm run docs:generate\`. What each word of a profile means: [profiles](../profiles.md); how promises are counted: [promises](../promises.md).`,
    table(
      ['Source document', 'Prepared by 编制', 'Reviewed by 审核', 'Approved by 批准', 'In force from', 'Numbers', 'Channels'],
      [
        [
          document.title,
          document.preparer,
          document.reviewer,
          document.approver,
          document.effectiveFrom,
          `\`${number.pattern}\``,
          channels.map((channel) => `${channel.label.en} ${channel.label['zh-CN']}`).join(', '),
        ],
      ],
    ),
    '## Path',
    pathPicture(profile),
    pathWords(profile),
    stagesTable(profile),
    '## Kinds of tickets',
    typesTable(profile),
    ...(profile.routing === undefined ? [] : ['Where they go; the first row that holds counts.', routesTable(profile)]),
    '## Priorities',
    table(
      ['Priority', 'When', 'Counts'],
      profile.priorities.map((one) => [
        `${one.label.en} ${one.label['zh-CN']}`,
        one.criterion.en,
        one.timeBase === 'working' ? 'working time' : 'every hour',
      ]),
    ),
    '## Promises',
    promisesTable(profile),
    '## Who hears of them',
    ladders(profile),
    '## Who is told what',
    noticesTable(profile),
    ...(profile.reports === undefined || profile.reports.length === 0 ? [] : ['## Reports', reportsTable(profile)]),
  ]
}

function pathWords(profile: Profile): string {
  return [
    `A ticket ${profile.dispatch.mode === 'automatic' ? 'is given to somebody of the team by skill and load' : 'is assigned by people, or claimed from the queue of its team'}.`,
    closesBySilence(profile)
      ? 'Where the customer stays silent to the end, the ticket is closed, marked as such, and can be reopened.'
      : "Nothing is closed without the customer's answer.",
    'It may wait on the way, be deferred, moved to somebody else, and withdrawn by the customer: [commands](../commands.md).',
  ].join(' ')
}

/** Of the stages that tickets pass, what colleagues and customers read. */
function stagesTable(profile: Profile): string {
  const steps = stepsOf(profile)
  const passed = stagesOf(profile).filter(({ id }) => steps.some(({ from, to }) => from === id || to === id))
  return table(
    ['Stage', '名称', 'Customers read', '客户看到'],
    passed.map(({ labels, customer = labels }) => [labels.en, labels['zh-CN'], customer.en, customer['zh-CN']]),
  )
}

function typesTable({ types }: Profile): string {
  return table(
    ['Type', '名称', 'Must say', 'Team'],
    types.map(({ label, fields, team, skills }) => [
      label.en,
      label['zh-CN'],
      fields
        .filter(({ required }) => required)
        .map((field) => field.label.en)
        .join(', ') || '–',
      team === undefined ? 'as below' : [`\`${team}\``, ...(skills.length > 0 ? [`(${skills.join(', ')})`] : [])].join(' '),
    ]),
  )
}

function routesTable(profile: Profile): string {
  return table(
    ['Tickets', 'Team', 'Skills'],
    (profile.routing ?? []).map(({ when, team, skills }) => [conditionText(when, profile, 'en'), `\`${team}\``, skills.join(', ') || '–']),
  )
}

/** Kinds that the words of a profile are its own of, and that can come of what it says. */
function noticesTable(profile: Profile): string {
  const meets = profile.priorities.some(({ reviewMeeting }) => reviewMeeting !== false)
  const cannotCome: readonly string[] = [
    ...(meets ? [] : ['review-meeting-needed']),
    ...(closesBySilence(profile) ? [] : ['closed-by-silence']),
    ...(profile.silencedNotices ?? []),
  ]
  const usual = noticeKindNames
    .filter((kind) => own(usualTemplates, kind) === undefined && !cannotCome.includes(kind))
    .map((kind) => ({ ...noticeKinds[kind], ...profile.notices[kind] }))
  return table(
    ['Notice', '名称', 'To', 'Subject'],
    [...usual, ...(profile.customNotices ?? [])].map(({ label, audience, subject }) => [label.en, label['zh-CN'], audience, subject.en]),
  )
}

function reportsTable({ reports = [] }: Profile): string {
  return table(
    ['Report', '名称', 'Every', 'Goes to', 'Signed'],
    reports.map(({ label, every, to, release }) => [
      label.en,
      label['zh-CN'],
      every,
      to.map((role) => roleLabels[role].en).join(', '),
      release === undefined
        ? '–'
        : (['write', 'review', 'approve'] as const)
            .map((step) => `${step}: ${release[step].by.map((role) => roleLabels[role].en).join(', ')}`)
            .join('; '),
    ]),
  )
}
