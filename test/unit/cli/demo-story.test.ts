import { describe, expect, it } from 'vitest'
import type { Client, Registered, Submission } from '../../../cli/client.ts'
import type { Cast, Player } from '../../../cli/demo/cast.ts'
import { createNarrator } from '../../../cli/demo/narrator.ts'
import { StoryError } from '../../../cli/demo/acting.ts'
import { tellStory } from '../../../cli/demo/story.ts'
import { wordsIn } from '../../../cli/demo/words.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import type { Actor } from '../../../domain/people.ts'
import { chen, lin, qian, Story, wang, zhou } from '../../support/tickets.ts'

describe('the story of the demo', () => {
  it.each(locales)('goes from intake to a kept callback, whatever its language (T2, T4, T5, T7, T9–T12, S9): %s', async (locale) => {
    const { story, told } = await tell(locale)
    expect(story.state).toMatchObject({ stage: 'follow-up', counts: { failedVerifications: 1, unsolved: 1 } })
    expect(story.promise('callback').state).toBe('kept')
    // Whoever came too late, tried what is not theirs, tagged with a word that says nothing, or forgot the plan.
    expect(told.match(/✗/g)).toHaveLength(4)
    expect(told).not.toMatch(/undefined|NaN|\[object/)
  })

  it('shows the mask to everybody and the number to who may see it (S3)', async () => {
    const { told } = await tell('en')
    expect(told.indexOf('138****5678')).toBeLessThan(told.indexOf('138 1234 5678'))
    expect(told.indexOf('138****5678')).toBeGreaterThan(-1)
  })

  it('breaks off when something is refused that should not be', async () => {
    const outcome = tell('en', { act: () => Promise.resolve({ ok: false, refusal }) })
    await expect(outcome).rejects.toThrow(StoryError)
    await expect(outcome).rejects.toThrow('Review intake')
  })

  it('breaks lines neither within a word nor before a closing sign', () => {
    const text = tellOn(60, (narrator) => {
      narrator.scene('受理审核', '客户补充了使用环境、复现步骤和报错原文，等待随之结束，资料齐了，进入诊断与定级阶段。')
      narrator.scene('Accept', 'The handler accepts the ticket, and everybody who asks is told so at once.')
    })
    const lines = text.split('\n')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(60)
    expect(lines.filter((line) => /^\s*[，。、]/.test(line))).toEqual([])
    expect(text.replaceAll(/\s+/g, ' ')).toContain('everybody who asks is told so at once.')
  })
})

const refusal = { type: '/problems/x', title: 'No', status: 409, detail: 'Because.', errors: [] }

async function tell(locale: Locale, changes: Partial<Client> = {}): Promise<{ story: Story; told: string }> {
  const world: World = { story: undefined, keys: new Set() }
  const play = (actor: Actor): Player => ({
    ...clientOf(world, actor),
    ...changes,
    who: { ...actor, roles: [...actor.roles], teams: [...actor.teams], name: actor.id },
  })
  const cast: Cast = {
    customer: play(zhou),
    agent: play(lin),
    engineer: play(wang),
    colleague: play(chen),
    supervisor: play(chen),
    tester: play(qian),
  }
  let told = ''
  const narrator = createNarrator({ write: (text) => (told += text), colour: false, width: 80 })
  await tellStory({ cast, words: wordsIn[locale], narrator, locale })
  return { story: present(world), told }
}

function tellOn(width: number, tale: (narrator: ReturnType<typeof createNarrator>) => void): string {
  let told = ''
  tale(createNarrator({ write: (text) => (told += text), colour: false, width }))
  return told
}

interface World {
  story: Story | undefined
  readonly keys: Set<string>
}

/** The product without its servers: the process itself answers. */
function clientOf(world: World, actor: Actor): Client {
  return {
    me: () => Promise.reject(new Error('nobody asks')),
    read: () => Promise.reject(new Error('nobody reads')),
    register: (submission, key = '') => Promise.resolve({ ok: true, value: registered(world, actor, submission, key) }),
    act(number, command, input = {}) {
      const story = present(world)
      const before = story.events.length
      const rejection = story.try(actor, command, input)
      if (rejection) return Promise.resolve({ ok: false, refusal: { ...refusal, title: rejection.code } })
      const events = story.events.slice(before).map((event) => ({ ...event }))
      const { version, stage } = story.state
      const contact = command === 'reveal' ? { contact: { phone: '138 1234 5678', email: null } } : {}
      return Promise.resolve({ ok: true, value: { number, version, stage, events, ...contact } })
    },
    ticket(number) {
      const { version, stage, assignee, promises } = present(world).state
      const customer = { name: 'zhou', company: null, phone: '138****5678', email: null }
      return Promise.resolve({
        number,
        version,
        stage,
        assignee,
        customer,
        promises: promises.map((promise) => ({ ...promise, label: promise.clock })),
      })
    },
  }
}

function registered(world: World, by: Actor, { priority, channel, fields = {} }: Submission, key: string): Registered {
  if (!world.keys.has(key)) world.story = new Story({ by, submission: { priority, channel, fields } }).at(new Date().toISOString())
  world.keys.add(key)
  const { number, stage, version } = present(world).state
  return { number, stage, version, tell: '' }
}

function present({ story }: World): Story {
  if (!story) throw new Error('nothing is registered')
  return story
}
