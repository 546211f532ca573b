import { beforeAll, describe, expect, it } from 'vitest'
import { createNarrator } from '../../../cli/demo/narrator.ts'
import { stories } from '../../../cli/demo/stories/index.ts'
import { wordsIn } from '../../../cli/demo/words/every.ts'
import { locales } from '../../../domain/labels.ts'
import { own } from '../../../domain/own.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { shippedProfiles } from '../../../runtime/shipped-profiles.ts'
import { createWorld } from '../../support/demo-world.ts'

let shipped: readonly Profile[]
beforeAll(async () => {
  shipped = (await shippedProfiles()).map(({ content }) => content)
})

/** How many acts of each story are refused. */
const refusals: Readonly<Record<string, number>> = { 'tech-support': 5, 'standard-ticket': 2, 'internet-company': 2, 'qms-service': 1 }

describe('the stories of the demo', () => {
  it('are one for each profile that ships', () => {
    expect(Object.keys(stories).toSorted()).toEqual(shipped.map(({ id }) => id).toSorted())
  })

  it.each(Object.keys(stories).flatMap((id) => locales.map((locale) => [id, locale] as const)))(
    '%s goes to its end: %s',
    async (id, locale) => {
      const story = own(stories, id)
      const profile = shipped.find((one) => one.id === id)
      if (!story || !profile) throw new Error(`no story of ${id}`)
      const world = createWorld({ from: Date.now(), profile })
      let told = ''
      const narrator = createNarrator({ write: (text) => (told += text), colour: false, width: 80 })
      await story.tell({ cast: world.cast, words: wordsIn[locale], narrator, locale, time: world.time })
      expect(world.story().state).toMatchObject({ stage: 'follow-up' })
      expect(world.story().promise('callback').state).toBe('kept')
      expect(told.match(/✗/g)).toHaveLength(refusals[id] ?? 0)
      expect(told).not.toMatch(/undefined|NaN|\[object|[{}]/)
      const { title, subtitle } = story.heading(locale)
      expect(title.length * subtitle.length).toBeGreaterThan(0)
    },
  )
})
