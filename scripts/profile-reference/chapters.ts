import type { z } from 'zod'
import type { writtenSchema } from '../../domain/profile/written.ts'

/** The order in which people write a profile: what it is, what comes in, who works on it, along which path, what is promised, and in which words. */

export type ProfileKey = keyof z.output<typeof writtenSchema>

export interface Chapter<Key extends string = string> {
  readonly title: string
  readonly intro: string
  readonly keys: readonly Key[]
}

export const chapters: readonly Chapter<ProfileKey>[] = [
  {
    title: 'The document',
    intro: 'What it is, who answers for it, and what it extends.',
    keys: ['id', 'version', 'label', 'document', 'extends', 'remove', 'template'],
  },
  {
    title: 'Place, time and numbers',
    intro: 'Where the organisation is, when it works, and how it numbers its tickets.',
    keys: ['zone', 'calendar', 'number'],
  },
  {
    title: 'What comes in',
    intro: 'How customers come, what their tickets are about, what is asked of them, and how urgent they can be.',
    keys: ['channels', 'types', 'priorities', 'customerTags'],
  },
  {
    title: 'Who works on it',
    intro: 'Where tickets go, who of the team gets them, and what your people are called.',
    keys: ['routing', 'dispatch', 'roles'],
  },
  {
    title: 'The path',
    intro: 'Which stages tickets pass, what is done on the way, and what is recorded in the end.',
    keys: [
      ...(['stages', 'begins', 'closingReport', 'acts', 'waitingFor', 'planKinds', 'planBeforeCompletion', 'planImpact'] as const),
      ...(['classification', 'reopeningWindow'] as const),
    ],
  },
  {
    title: 'Promises',
    intro: 'What is promised, who hears of it when, and what becomes of it: [promises.md](promises.md) tells how clocks run.',
    keys: ['clocks', 'deadline', 'deferral', 'urging', 'callback'],
  },
  {
    title: 'Words',
    intro: 'What people read and say, in which language, and when it is sent: [notices.md](notices.md) lists what each notice may say.',
    keys: ['language', 'signature', 'quietHours', 'notices', 'customNotices', 'notificationRules', 'silencedNotices', 'scripts'],
  },
  {
    title: 'Looking back',
    intro:
      'What is looked at once tickets are done: by [reviews](reviews.md), [samples](samples.md), [reports](reports.md) and [assessments](assessments.md).',
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
