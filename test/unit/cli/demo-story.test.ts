import { describe, expect, it } from 'vitest'
import type { Client } from '../../../cli/client.ts'
import { StoryError } from '../../../cli/demo/acting.ts'
import { createNarrator } from '../../../cli/demo/narrator.ts'
import { tellStory } from '../../../cli/demo/story.ts'
import { wordsIn } from '../../../cli/demo/words/every.ts'
import { locales, type Locale } from '../../../domain/labels.ts'
import { createWorld } from '../../support/demo-world.ts'
import type { Story } from '../../support/tickets.ts'

describe('the story of the demo', () => {
  it.each(locales)('goes from intake to a kept callback, whatever its language (T2, T4, T5, T7, T9–T12, S9): %s', async (locale) => {
    const { story, told } = await tell(locale)
    expect(story.state).toMatchObject({ stage: 'follow-up', counts: { failedVerifications: 1, unsolved: 1 } })
    expect(story.promise('callback').state).toBe('kept')
    // Whoever put a call into the past, came too late, tried what is not theirs, tagged with a word that says nothing, or
    // forgot the plan.
    expect(told.match(/✗/g)).toHaveLength(5)
    expect(told).not.toMatch(/undefined|NaN|\[object/)
    for (const [opening, closing] of ['“”', '「」', '（）'].map((pair) => [...pair]))
      expect(told.split(opening ?? '').length, opening).toBe(told.split(closing ?? '').length)
    // One word for one thing, in the table and in its total.
    const { states, sum } = wordsIn[locale].promises
    const total = sum({ kept: 1, broken: 1, ahead: 1, cancelled: 1 })
    for (const word of [states.kept, states.cancelled, states.running]) expect(total).toContain(word)
  })

  it('X8, T14: counts a call from when it took place, breaks a promise and defers it late, and ends with what became of the promises and what is next', async () => {
    const { story, told } = await tell('en')
    const response = story.promise('first-response')
    expect(response.state).toBe('kept')
    expect(response.stoppedAt).toBe(story.last('contacted').occurredAt)
    expect(story.last('deferred')).toMatchObject({ cause: 'objective', late: true, customerTold: true })
    expect(story.promise('deferral').state).toBe('kept')

    const [, table = ''] = told.split('The promises of this ticket (times: Asia/Shanghai)')
    for (const outcome of [
      /^ {2}deferral +1 .* kept$/m,
      /^ {2}agreed +1 .* cancelled$/m,
      /^ {2}agreed +2 .* broken$/m,
      /^ {2}article +1 .* running$/m,
    ])
      expect(table).toMatch(outcome)
    const count = (outcome: string) => [...table.matchAll(new RegExp(`^ .* {2}${outcome}$`, 'gm'))].length
    expect(count('cancelled')).toBeGreaterThan(0)
    expect(table).toContain(`${count('kept')} kept · 1 broken · 1 running · ${count('cancelled')} cancelled`)
    expect(table).toMatch(/article · warning → wang\n +prevented by: File article, Reopen/)
    expect(Math.max(...told.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
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
  const { cast, story, time } = createWorld({ changes, from: Date.now() })
  let told = ''
  const narrator = createNarrator({ write: (text) => (told += text), colour: false, width: 80 })
  await tellStory({ cast, words: wordsIn[locale], narrator, locale, time })
  return { story: story(), told }
}

function tellOn(width: number, tale: (narrator: ReturnType<typeof createNarrator>) => void): string {
  let told = ''
  tale(createNarrator({ write: (text) => (told += text), colour: false, width }))
  return told
}
