import { describe, expect, it } from 'vitest'
import type { Client } from '../../../cli/client.ts'
import { StoryError } from '../../../cli/demo/acting.ts'
import { demoProfile } from '../../../cli/demo/fast-profile.ts'
import { tellFastStory } from '../../../cli/demo/fast-story.ts'
import { fastWordsIn } from '../../../cli/demo/words/every-fast.ts'
import type { Letter } from '../../../cli/demo/mail-folder.ts'
import { createNarrator } from '../../../cli/demo/narrator.ts'
import { wordsIn } from '../../../cli/demo/words/every.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { isNoticeKind } from '../../../domain/notices/kinds.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { asAnswer, createWorld, type World } from '../../support/demo-world.ts'
import { monday, techSupport } from '../../support/tickets.ts'

describe('the fast story of the demo', () => {
  it.each(locales)(
    'T3, T8, T14, X4, X8: breaks and keeps promises in little more than a minute, whatever its language: %s',
    async (locale) => {
      const { world, told } = await tell(locale)
      const { promises, stage } = world.story().state
      expect(stage).toBe('follow-up')
      const states = Object.fromEntries(promises.map(({ clock, state }) => [clock, state]))
      expect(states).toMatchObject({
        'first-response': 'broken',
        start: 'kept',
        plan: 'kept',
        resolution: 'broken',
        deferral: 'kept',
        callback: 'kept',
      })
      expect(world.story().last('deferred').late).toBe(false)
      expect((world.time.now() - Date.parse(monday)) / 1000).toBeLessThan(90)
      expect(told).not.toMatch(/undefined|NaN|\[object/)
      expect(told).toContain(wordsIn[locale].promises.states.keptRecordedLate)
    },
  )

  it('X4: tells each thing that happens by itself once, with its due instant, and every mail with whom it went to', async () => {
    const { world, told } = await tell('en')
    const byItself = world.story().events.filter(({ actor }) => actor === 'system')
    expect(byItself.length).toBeGreaterThan(12)
    expect(told.match(/^ +\d+\.\d s {2}\S/gm)).toHaveLength(byItself.length)
    expect(told).toMatch(/^ +6\.0 s {2}△ First response · Deadline ahead → lin\n +at 09:00:06, noticed \d+ ms later; due 09:00:08$/m)
    expect(told).toMatch(/^ +8\.0 s {2}■ First response · broken\n +due 09:00:08, noticed \d+ ms later$/m)
    for (const rung of ['team lead', 'supervisor', 'department head'])
      expect(told).toContain(`First response · Deadline missed → ${rung}`.replace('→ team lead', '→ lin, team lead'))
    expect(told).toContain('Progress update · Still investigating → the customer')
    expect(told).toContain(`Mails sent: ${world.told().length} (/mails)`)
    expect(told).toMatch(/^ {2}customer +.*Still investigating ×2/m)
    expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('says what waits for a digest instead of counting fewer mails', async () => {
    const world = createWorld({ from: Date.parse(monday), gathered: 3 })
    for (const locale of locales) expect(await tellIn(world, locale)).toContain(fastWordsIn[locale].mails.gathered(3).slice(0, 12))
  })

  it('installs its profile once, and the next version when its content has changed', async () => {
    const world = fastWorld()

    await tellIn(world, 'en')
    await tellIn(world, 'en')
    expect(world.installed.map(({ id, version }) => `${id} ${version}`)).toEqual([`tech-support ${techSupport.version}`, 'demo-fast-en 1'])
    await tellIn(world, 'en', { ...techSupport, urging: { every: 'PT2H' } })
    expect(world.installed.at(-1)).toMatchObject({ id: 'demo-fast-en', version: 2, urging: { every: 'PT2H' } })
  })

  it('says so when nothing happens any more', async () => {
    const world = fastWorld({ read: (operation) => Promise.resolve(asAnswer(operation, { items: [], names: {}, next: null })) })
    await expect(tellIn(world, 'en')).rejects.toThrow(StoryError)
  })
})

describe('the profile of the fast story', () => {
  it.each(locales)('is one that can be installed, and knows no quiet hours: %s', (locale) => {
    const profile = demoProfile(techSupport, locale)
    expect(parseProfile(JSON.stringify(profile), { format: 'json' })).toMatchObject({ ok: true })
    expect(profile.quietHours?.except).toEqual(techSupport.priorities.map(({ id }) => id))
    expect(profile).toMatchObject({ language: locale, number: { pattern: 'DF{yyyyMMdd}{serial:3}' } })
    // Ladders climb as in the real process.
    expect(profile.clocks.map(({ ladder }) => ladder.map(({ id, to }) => [id, to]))).toEqual(
      techSupport.clocks.map(({ ladder }) => ladder.map(({ id, to }) => [id, to])),
    )
  })
})

function fastWorld(changes: Partial<Client> = {}): World {
  return createWorld({ from: Date.parse(monday), changes })
}

async function tell(locale: Locale): Promise<{ world: World; told: string }> {
  const world = fastWorld()
  return { world, told: await tellIn(world, locale) }
}

async function tellIn(world: World, locale: Locale, base = techSupport): Promise<string> {
  let told = ''
  const narrator = createNarrator({ write: (text) => (told += text), colour: false, width: 80 })
  await tellFastStory({
    cast: world.cast,
    words: wordsIn[locale],
    fast: fastWordsIn[locale],
    narrator,
    locale,
    base,
    time: world.time,
    mails: mailsIn(world),
    mailFolder: '/mails',
  })
  return told
}

/** A letter for each notice, as soon as it is called for. */
function mailsIn(world: World): () => Promise<readonly Letter[]> {
  let seen = 0
  return () => {
    const fresh = world.told().slice(seen)
    seen += fresh.length
    return Promise.resolve(
      fresh.map(({ kind, recipient, seq }, at) => {
        if (!isNoticeKind(kind)) throw new Error(`no kind of notice: ${kind}`)
        const to = recipient.kind === 'role' ? recipient.role : recipient.kind === 'customer' ? 'customer' : recipient.id
        return { name: `${seq}-${at}`, seq, kind, to: [to], subject: kind, text: kind }
      }),
    )
  }
}
