import { languageNames, locales, said, type Labels, type Locale } from '../labels.ts'
import { branchesOf, isComparison, listOf, type Condition, type FactList, type FieldTest, type Rule } from '../profile/conditions.ts'
import type { Profile } from '../profile/schema.ts'
import { fill } from '../template.ts'
import { aside, colon, listed, word } from './words.ts'

/** A condition as people say it: `type: Fault; priority: Urgent, High`. */
export function conditionText(condition: Condition | undefined, profile: Profile, locale: Locale): string {
  if (condition === undefined) return word('always', locale)
  return branchesOf(condition)
    .map(({ not, ...facts }) => {
      const so = factsText(facts, profile, locale)
      return not === undefined
        ? so
        : `${so}${aside(`${conditionWords.not[locale]}${colon(locale)}${factsText(not, profile, locale)}`, locale)}`
    })
    .join(conditionWords.or[locale])
}

export function ruleText(rule: Rule, profile: Profile, locale: Locale): string {
  return typeof rule === 'boolean' ? word(rule ? 'yes' : 'no', locale) : conditionText(rule, profile, locale)
}

function factsText({ type, priority, channel, tag, language, fields = {} }: FactList, profile: Profile, locale: Locale): string {
  const among = (name: keyof typeof conditionWords, ids: string | readonly string[] | undefined, list: readonly Named[]) =>
    ids === undefined
      ? []
      : [
          `${conditionWords[name][locale]}${colon(locale)}${listed(
            listOf(ids).map((id) => labelOf(id, list, locale)),
            locale,
          )}`,
        ]
  const all = [...profile.types, ...(profile.acts ?? [])].flatMap((one) => one.fields)
  return [
    ...among('type', type, profile.types),
    ...among('priority', priority, profile.priorities),
    ...among('channel', channel, profile.channels),
    ...among('tag', tag, profile.customerTags),
    ...among('language', language, languages),
    ...Object.entries(fields).map(([id, test]) => `${labelOf(id, all, locale)}${colon(locale)}${testText(test, locale)}`),
  ].join(locale === 'en' ? '; ' : '；')
}

function testText(test: FieldTest, locale: Locale): string {
  if (!isComparison(test)) return listed(listOf(test).map(String), locale)
  const { given, atLeast, below } = test
  return listed(
    [
      ...(given === undefined ? [] : [word(given ? 'given' : 'empty', locale)]),
      ...(atLeast === undefined ? [] : [fill(conditionWords.atLeast[locale], { bound: String(atLeast) })]),
      ...(below === undefined ? [] : [fill(conditionWords.below[locale], { bound: String(below) })]),
    ],
    locale,
  )
}

interface Named {
  readonly id: string
  readonly label: Labels
}

function labelOf(id: string, list: readonly Named[], locale: Locale): string {
  return list.find((thing) => thing.id === id)?.label[locale] ?? id
}

const languages = locales.map((id) => ({ id, label: languageNames[id] }))

const conditionWords = {
  type: said('类型', '類型', 'type'),
  priority: said('优先级', '優先等級', 'priority'),
  channel: said('渠道', '管道', 'channel'),
  tag: said('客户标签', '客戶標籤', 'customer tag'),
  language: said('客户使用的语言', '客戶使用的語言', "customer's language"),
  not: said('不含', '不含', 'not'),
  or: said('，或者 ', '，或者 ', ', or '),
  atLeast: said('{bound} 起', '{bound} 起', 'from {bound}'),
  below: said('{bound} 以下', '{bound} 以下', 'below {bound}'),
} as const
