import type { Labels, Locale } from '../labels.ts'
import { noticeKinds } from '../notices/kinds.ts'
import { own } from '../own.ts'
import type { Profile } from '../profile/schema.ts'
import { alike, changed, changesOf, lineChanges, plainLines, type Change } from './change.ts'
import { teller } from './teller.ts'
import { labelIn } from './types.ts'
import { word } from './words.ts'

/** What changes in the words: of each notice and script in the language that was asked for; of other languages only that they do. */
export function noticeChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const usual = Object.entries(after.notices).flatMap(([kind, is]): Change[] => {
    const was = own(before.notices, kind)
    if (!was || alike(was, is)) return []
    const inside = [...wordChanges(was.subject, is.subject, locale), ...wordChanges(was.text, is.text, locale)]
    const label = own<{ readonly label: Labels }>(noticeKinds, kind)?.label[locale] ?? kind
    return [{ mark: '~', text: label, inside }]
  })
  const say = teller(locale)
  const ours = changesOf(before.customNotices ?? [], after.customNotices ?? [], {
    locale,
    nameOf: labelIn(locale),
    inside: (was, is) => [
      ...changed(say.named('audience'), word(was.audience, locale), word(is.audience, locale)),
      ...changed(say.named('mayMute'), say.yes(was.mayMute), say.yes(is.mayMute)),
      ...wordChanges(was.subject, is.subject, locale),
      ...wordChanges(was.text, is.text, locale),
    ],
  })
  return [...usual, ...ours]
}

export function scriptChanges(before: Profile, after: Profile, locale: Locale): Change[] {
  const say = teller(locale)
  return changesOf(before.scripts, after.scripts, {
    locale,
    nameOf: labelIn(locale),
    inside: (was, is) => [...changed(say.named('purpose'), was.purpose, is.purpose), ...wordChanges(was.text, is.text, locale)],
  })
}

/** Line by line, as a colleague would compare two letters. */
function wordChanges(was: Labels, is: Labels, locale: Locale): Change[] {
  const [old, now] = [linesOf(was[locale]), linesOf(is[locale])]
  const lines = lineChanges(plainLines(old), plainLines(now))
  const others = (['zh-CN', 'zh-TW', 'en'] as const).filter((one) => one !== locale && was[one] !== is[one])
  const elsewhere = lines.length > 0 || others.length === 0 ? [] : [`${others.join(', ')} · ${word('otherwise', locale)}`]
  return [...lines, ...elsewhere.map((text): Change => ({ mark: '~', text, inside: [] }))]
}

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '')
}
