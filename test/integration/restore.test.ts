import { ticket } from '../../processes/ticket/host.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { forgetWorkflows } from '../../db/started-workflows.ts'
import { form, type Speaker } from '../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { until } from '../support/launcher.ts'

/** The rows were brought back, and Temporal begins empty: what a ticket is and promises stands in its row. */

let office: OfficeOnTemporal
let li: Speaker
let wang: Speaker
beforeAll(async () => {
  office = await openOfficeOnTemporal()
  li = await office.person('agent-li')
  wang = await office.person('engineer-wang')
})
afterAll(() => office.close())

it('goes on with every open ticket from its rows, with the same promises, and leaves those that run alone', async () => {
  const [lost, kept] = await Promise.all([inHandling(), inHandling()])
  const before = await li.get(`/api/tickets/${lost}`)
  const runId = await runOf(kept)
  await forgetInTemporal(lost)

  expect(await forgetWorkflows(office.db, [ticket.table])).toBe(2)
  await until(async () => (await started()) || undefined)

  expect((await li.get(`/api/tickets/${lost}`)).body['promises']).toEqual(before.body['promises'])
  const heard = await wang.post(`/api/tickets/${lost}/update-progress`, { text: '正在排查中', visibleToCustomer: true })
  expect(heard).toMatchObject({ status: 200, version: before.version + 1 })
  expect(await runOf(kept)).toBe(runId)
  expect((await wang.post(`/api/tickets/${kept}/update-progress`, { text: '正在排查中', visibleToCustomer: true })).status).toBe(200)
})

async function inHandling(): Promise<string> {
  const { number } = await li.post('/api/tickets', form)
  await li.post(`/api/tickets/${number}/review-intake`, { complete: true })
  await wang.post(`/api/tickets/${number}/diagnose`, { summary: '保存时服务器返回 500', module: 'login', reproduced: true })
  await wang.post(`/api/tickets/${number}/claim`)
  const accepted = await wang.post(`/api/tickets/${number}/accept`)
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
  return number
}

async function runOf(number: string): Promise<string> {
  return (await office.temporal.client.workflow.getHandle(number).describe()).runId
}

/** As if its Temporal had never heard of it. */
async function forgetInTemporal(number: string): Promise<void> {
  const { client } = office.temporal
  await client.workflowService.deleteWorkflowExecution({
    namespace: office.config.temporalNamespace,
    workflowExecution: { workflowId: number },
  })
  await until(async () => ((await runOf(number).catch(() => undefined)) === undefined ? true : undefined))
}

async function started(): Promise<boolean> {
  await sleep(200)
  const unstarted = await office.db.selectFrom('tickets').select('number').where('workflowStartedAt', 'is', null).execute()
  return unstarted.length === 0
}
