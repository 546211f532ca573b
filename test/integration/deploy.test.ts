import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bundle } from '../replay/bundles.ts'
import { beQuiet, breaksIn, report } from '../replay/replaying.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { documentOf, fastProfile } from '../support/fast-profile.ts'
import { runsOf } from '../support/recording.ts'
import { until } from '../support/launcher.ts'
import { does, log, peopleOf, registered, ticket, walkedTo, walksOn, type People } from '../support/walk.ts'
import { commandSignal, type SignalledCommand } from '../../workflows/shell/protocol.ts'

/** A changed workflow is deployed while tickets run, on a real server: first a mistaken one, then the right one. */

let office: OfficeOnTemporal
let people: People
/** Begun under the old code; their histories have been where the change is. */
let inIntake: string
let inHandling: string

beforeAll(async () => {
  beQuiet()
  office = await openOfficeOnTemporal()
  people = await peopleOf(office)
  const profile = { ...fastProfile('brief', { 'first-response': 2, start: 600, plan: 600, progress: 600 }), reopeningWindow: 'PT2S' }
  const put = await people.admin.send('PUT', '/api/profiles/brief', documentOf(profile), { 'Content-Type': 'application/yaml' })
  if (put.status !== 201) throw new Error(JSON.stringify(put.body))
  inIntake = await registered(people.agent, form)
  inHandling = await walkedTo('handling', people, { form })
  for (const number of [inIntake, inHandling]) await hears(number)
  await office.settled()
})
afterAll(() => office.close())

const form = { profile: 'brief', priority: 'urgent' }
/** The last that time does to a ticket of this profile for now: its ladder is at its end. */
const lastWord = async (number: string) => (await log(people.agent, number)).find(({ level }) => level === 'department-head')

/** Another process tells a ticket something that nobody waits for: an activity writes it, which is where the change is. */
async function hears(number: string): Promise<void> {
  await until(() => lastWord(number))
  const signal: SignalledCommand = { id: 'news', command: 'contact', input: { channel: 'phone', direction: 'inbound', text: '来电' } }
  await office.client.workflow.getHandle(number).signal<[SignalledCommand]>(commandSignal, signal)
  await until(async () => (await log(people.agent, number)).find(({ type }) => type === 'contacted'))
}

async function deploy(variant: 'unguarded' | 'guarded'): Promise<void> {
  const changed = await bundle(variant)
  await office.stopWorker()
  await office.startWorker(changed)
}

/** Whether a ticket's history says this. */
async function hasRecorded(number: string, words: string): Promise<boolean> {
  return JSON.stringify(await runsOf(office.client, number)).includes(words)
}

async function patchedBy(patch: string): Promise<Set<string>> {
  const found = new Set<string>()
  for await (const { workflowId } of office.client.workflow.list({ query: `TemporalChangeVersion = '${patch}'` })) found.add(workflowId)
  return found
}

// The server gives lost tasks ten seconds, and tries broken ones ever more rarely.
describe('workflow code with a timer more, where running tickets have been', { timeout: 180_000 }, () => {
  it('unguarded: an act has no outcome and nothing is lost; as soon as the right code runs, the same key carries it out once', async () => {
    const before = [await ticket(people.agent, inHandling), await log(people.agent, inHandling)]
    await deploy('unguarded')
    const key = { 'Idempotency-Key': randomUUID() }
    const update = () =>
      people.engineer.post(`/api/tickets/${inHandling}/update-progress`, { text: '正在排查', visibleToCustomer: false }, key)
    expect((await update()).status).toBe(504)
    expect(await hasRecorded(inHandling, 'WORKFLOW_TASK_FAILED_CAUSE_NON_DETERMINISTIC_ERROR')).toBe(true)
    expect([await ticket(people.agent, inHandling), await log(people.agent, inHandling)]).toEqual(before)

    await deploy('guarded')
    const answer = await until(async () => {
      const heard = await update()
      return [503, 504].includes(heard.status) ? undefined : heard
    })
    expect(answer).toMatchObject({ status: 200, events: [{ type: 'progress-updated', text: '正在排查' }] })
    expect((await log(people.agent, inHandling)).filter(({ text }) => text === '正在排查')).toHaveLength(1)
  })

  it('guarded: tickets go on to their end, and where nothing is on record yet they take the new path', async () => {
    const fresh = await registered(people.agent, form)
    await hears(fresh)
    expect(await hasRecorded(fresh, 'breath-before-writing')).toBe(true)

    await walksOn(inIntake, 'intake', 'handling', people)
    for (const number of [inIntake, inHandling]) {
      await walksOn(number, 'handling', 'follow-up', people)
      await does(people.agent, number, 'callback')
      await does(people.engineer, number, 'file-article')
      await until(async () => ((await ticket(people.agent, number))['stage'] === 'archived' ? true : undefined))
      const { status } = await until(async () => {
        const described = await office.client.workflow.getHandle(number).describe()
        return described.status.name === 'RUNNING' ? undefined : { status: described.status.name }
      })
      expect(status).toBe('COMPLETED')
      expect(await hasRecorded(number, 'breath-before-writing')).toBe(true)
    }

    const stories = await Promise.all(
      [inIntake, inHandling, fresh].map(async (name) => (await runsOf(office.client, name)).map((stored) => ({ name, stored }))),
    )
    expect(report(await breaksIn(await bundle('guarded'), stories.flat()))).toBe('')
    // Which tickets have gone by the patch is found by its name.
    await until(async () => ((await patchedBy('breath-before-writing')).size === 3 ? true : undefined))
    // There is no way back to code that does not know the patch.
    expect(await breaksIn(await bundle(), stories.flat())).toHaveLength(3)
  })
})
