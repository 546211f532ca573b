import { Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { registerSearchAttributes } from '../../gateway/search-attributes.ts'
import { searchAttributes } from '../../workflows/ticket/search-attributes.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { currentDetails, shownAttributes } from '../support/temporal-ui.ts'
import { does, peopleOf, registered, walkedTo } from '../support/walk.ts'

/** A Temporal that somebody else has filled: no room for keywords, and a name of ours taken by another type. */

let office: OfficeOnTemporal
let connection: Connection

beforeAll(async () => {
  const keywords = Array.from({ length: 10 }, (_, at) => ({ name: `Other${at}`, type: 'KEYWORD' }) as const)
  office = await openOfficeOnTemporal({ searchAttributes: [...keywords, { name: 'BihuanOverdue', type: 'INT' }] })
  connection = await Connection.connect({ address: office.config.temporalAddress })
})
afterAll(async () => {
  await connection.close()
  await office.close()
})

it('what fits is registered, the rest is named with the reason and the command that makes it; again it is the same', async () => {
  for (let time = 0; time < 2; time += 1) {
    const { temporalNamespace: namespace } = office.config
    const { names, remedy } = await registerSearchAttributes(connection.operatorService, namespace, searchAttributes)
    expect(names).toEqual(['BihuanNextDue'])
    expect(remedy).toContain('BihuanOverdue is there with another type')
    expect(remedy).toContain('more than 10 search attribute of type Keyword')
    const command = `search-attribute create --namespace ${namespace} --name BihuanStage --type Keyword`
    expect(remedy).toMatch(new RegExp(`${command} .*--name BihuanOverdue --type Bool$`))
  }
})

it('X5: tickets run as well, are found by what was registered, and tell the rest in their details', async () => {
  const people = await peopleOf(office)
  const number = await walkedTo('handling', people)
  const handle = office.client.workflow.getHandle(number)
  expect(Object.keys(await shownAttributes(handle))).toEqual(['BihuanNextDue'])
  await does(people.engineer, number, 'update-progress')
  expect(await currentDetails(handle)).toContain('阶段：**处理中**')
  const withdrawn = await registered(people.agent)
  await does(people.agent, withdrawn, 'withdraw')
  await office.client.workflow.getHandle(withdrawn).result()
  expect(await shownAttributes(office.client.workflow.getHandle(withdrawn))).toEqual({})
})
