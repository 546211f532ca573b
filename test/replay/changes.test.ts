import { describe, expect, it } from 'vitest'
import { bundleOfVariants, type Variant } from './bundles.ts'
import { parsed } from './form.ts'
import { storedStories, type Story } from './library.ts'
import { breaksIn, report } from './replaying.ts'

/** What replaying finds in a changed workflow, and what it lets pass. */

const stories = storedStories().map(({ name, stored }) => ({ name, text: JSON.stringify(stored) }))
/** Some whose history says this, at least so often. */
const saying = (words: string, times = 1) => stories.filter(({ text }) => text.split(words).length > times).slice(0, 5)
const written = saying('"activityType":{"name":"projectTicket"}')
const claimed = saying('"header":{},"name":"claim"')
const talkedTwice = saying('"header":{},"name":"contact"', 2)

const variants = bundleOfVariants()

const breaksBy = async (variant: Variant, among: typeof stories) => {
  expect(among.length).toBeGreaterThan(1)
  return breaksIn(
    await variants,
    among.map((story) => runAs(variant, story)),
  )
}

/** The story as though the changed workflow had been its own. */
function runAs(variant: Variant, { name, text }: (typeof stories)[number]): Story {
  const renamed = text.replaceAll('"workflowType":{"name":"ticket"}', `"workflowType":{"name":"${variant}"}`)
  expect(renamed).not.toBe(text)
  return { name, stored: parsed(renamed) }
}

// Bundling workflow code takes seconds, a minute where the machine has other things to do.
describe('a timer more', { timeout: 180_000 }, () => {
  it('unguarded breaks every history that has been there; the report says which, where, and what to do', async () => {
    const breaks = await breaksBy('unguarded', written)
    expect(breaks.map(({ story }) => story)).toEqual(written.map(({ name }) => name))
    const advice = report(breaks)
    expect(advice).toContain(`${written[0]?.name}, event ${breaks[0]?.event}`)
    expect(advice).toMatch(
      /history has activity task scheduled \(projectTicket\), the code does something else: \[TMPRL1100\] Nondeterminism/,
    )
    for (const remedy of ["patched('…')", 'npm run histories:record', 'docs/versioning.md']) expect(advice).toContain(remedy)
  })

  it('guarded by patched() breaks none', async () => {
    expect(report(await breaksBy('guarded', written))).toBe('')
  })
})

describe('another rule, which Temporal does not notice', { timeout: 180_000 }, () => {
  it('refusing what was accepted is found by its answers: the rows have events that the workflow would no longer know of', async () => {
    const breaks = await breaksBy('stricter', talkedTwice)
    expect(breaks.map(({ story }) => story)).toEqual(talkedTwice.map(({ name }) => name))
    expect(report(breaks)).toMatch(/replays with another outcome: .+\n[^]*only for tickets whose policy asks for it/)
  })

  it('remembering something more breaks nothing', async () => {
    expect(report(await breaksBy('richer', claimed))).toBe('')
  })
})
