import type { Locale } from '../labels.ts'
import type { Rule } from '../profile/conditions.ts'
import type { Profile } from '../profile/schema.ts'
import { alike, changed, type Change } from './change.ts'
import { ruleText } from './conditions.ts'
import { aside, colon, word, type Word } from './words.ts'

/** How names and values are put side by side. */
export function teller(locale: Locale) {
  const named = (name: Word) => `${word(name, locale)}${colon(locale)}`
  const under = (name: Word, text: string) => `${word(name, locale)}${aside(text, locale)}`
  /** `left out (no → type: Fault)` */
  const ruled = (name: Word, before: string, after: string): Change[] => {
    const hasColons = [before, after].some((text) => text.includes(colon(locale)))
    if (!hasColons || before === after) return changed(named(name), before, after)
    return [{ mark: '~', text: under(name, `${before} → ${after}`), inside: [] }]
  }
  return {
    named,
    one: (name: Word, text: string) => `${named(name)}${text}`,
    /** Of what has colons itself, such as a condition. */
    under,
    yes: (is: boolean) => word(is ? 'yes' : 'no', locale),
    /** What means something else now, with how each is told. */
    otherwise: (name: Word, [was, before]: Meant, [is, after]: Meant): Change[] =>
      alike(was, is) ? [] : changed(named(name), before, after),
    /** `holds when (always → type: Fault)`; `absent` is what no rule means. */
    rules: (name: Word, [was, before]: Ruled, [is, after]: Ruled, absent: Word = 'always'): Change[] => {
      const text = (rule: Rule | undefined, profile: Profile) =>
        rule === undefined ? word(absent, locale) : ruleText(rule, profile, locale)
      return alike(was, is) ? [] : ruled(name, text(was, before), text(is, after))
    },
    ruled,
  }
}

type Meant = readonly [value: unknown, text: string]
type Ruled = readonly [rule: Rule | undefined, profile: Profile]
