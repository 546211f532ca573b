import { expect, it } from 'vitest'
import { bundle } from './bundles.ts'
import { storedStories } from './library.ts'
import { breaksIn, report } from './replaying.ts'

/** Tickets of every release go on with the code as it is: their histories replay, command by command and answer by answer. */

// Seconds on a machine of its own.
it('the stored history of every story replays', { timeout: 180_000 }, async () => {
  const stories = storedStories()
  expect(stories.length).toBeGreaterThan(100)
  expectUnbroken(report(await breaksIn(await bundle(), stories)))
})

/** The report says what to do; a comparison of two texts would bury it. */
function expectUnbroken(advice: string): void {
  if (advice !== '') throw new Error(advice)
  expect(advice).toBe('')
}
