import type { z } from 'zod'
import type { writtenSchema } from '../../domain/profile/written.ts'

/** Chapters in the order in which people write a profile. */

export type ProfileKey = keyof z.output<typeof writtenSchema>

export interface Chapter<Key extends string = string> {
  readonly title: string
  readonly intro: string
  readonly keys: readonly Key[]
}

export const chapters: readonly Chapter<ProfileKey>[] = [
  {
    title: 'The document',
    intro: 'Its name and version, the document behind it, and [the profile that it extends](profiles.md#extend-another-profile).',
    keys: ['id', 'version', 'label', 'document', 'extends', 'remove', 'template'],
  },
  {
    title: 'Place, time and numbers',
    intro: 'The clock on the wall, [the hours of work](calendars.md), and [the numbers of tickets](profiles.md#numbers).',
    keys: ['zone', 'calendar', 'number'],
  },
  {
    title: 'What comes in',
    intro: 'Channels, types with [their forms](profiles.md#fields), priorities, and [tags of customers](profiles.md#customer-tags).',
    keys: ['channels', 'types', 'priorities', 'customerTags'],
  },
  {
    title: 'Who works on it',
    intro:
      'Teams for tickets [by conditions](profiles.md#conditions), the choice of a handler, and [names for your people](profiles.md#roles-of-your-own).',
    keys: ['routing', 'dispatch', 'roles'],
  },
  {
    title: 'The path',
    intro:
      '[Stages](profiles.md#stages-of-your-own) that tickets pass, [acts](profiles.md#acts-of-your-own) on the way, [waits](profiles.md#waits), and the records that are kept.',
    keys: [
      ...(['stages', 'begins', 'closingReport', 'acts', 'waitingFor', 'planKinds', 'planBeforeCompletion', 'planImpact'] as const),
      ...(['classification', 'reopeningWindow'] as const),
    ],
  },
  {
    title: 'Promises',
    intro: 'Targets, and the people who hear of them: [promises.md](promises.md) tells how clocks run.',
    keys: ['clocks', 'deadline', 'deferral', 'urging', 'callback'],
  },
  {
    title: 'Words',
    intro: 'Mails, scripts, [languages](profiles.md#languages) and quiet hours: [notices.md](notices.md) lists what each notice may say.',
    keys: [
      'languages',
      'language',
      'signature',
      'quietHours',
      'notices',
      'customNotices',
      'notificationRules',
      'silencedNotices',
      'scripts',
    ],
  },
  {
    title: 'Looking back',
    intro:
      '[Reviews](reviews.md), [samples](samples.md), [reports](reports.md) and [assessments](assessments.md) of the work that is done.',
    keys: ['reviews', 'samples', 'reports', 'assessments'],
  },
]

/** The chapters with all keys that there are: one that no chapter names stands behind the one before it in the schema. */
export function complete(named: readonly Chapter[], keys: readonly string[]): readonly Chapter[] {
  return keys.reduce<readonly Chapter[]>((list, key, at) => {
    if (list.some((chapter) => chapter.keys.includes(key))) return list
    const before = keys[at - 1]
    const home = list.find((chapter) => before !== undefined && chapter.keys.includes(before)) ?? list[0]
    return list.map((chapter) => {
      if (chapter !== home) return chapter
      const place = before === undefined ? 0 : chapter.keys.indexOf(before) + 1
      return { ...chapter, keys: chapter.keys.toSpliced(place, 0, key) }
    })
  }, named)
}
