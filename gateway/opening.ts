import { headOf } from '../db/heads.ts'
import { isBegunBy } from '../db/events.ts'
import { insertProcess } from '../db/intake.ts'
import type { ProfileOf } from '../db/process-table.ts'
import { directoryOf } from '../db/people.ts'
import { identityOf } from '../db/requests.ts'
import { instantOf } from '../domain/instant.ts'
import { longestNumber } from '../domain/numbering.ts'
import { systemActor } from '../domain/people.ts'
import type { MetCommonly, World } from '../processes/hosting.ts'
import { belongingOf, judged, takeIn } from '../processes/intake.ts'
import { startDeadlineMs, startWorkflow, type Reach } from './reach.ts'

/** Opening a process by the product itself, as a registration does: its rows first, then its workflow. */

export interface Opened {
  readonly host: MetCommonly
  readonly number: string
  /** What stands for this opening: done again with it, it is the same one. */
  readonly key: string
  readonly input: unknown
  readonly origin: ProfileOf
}

/** Why it was not opened: its input is unfit, another one has the number, or there is one of that, of which there is one at a time. */
type Refusal = 'invalid-input' | 'number-taken' | 'one-already'

/** Opens it, unless it is open already; or why not. */
export async function openBySystem(world: World & Reach, opened: Opened): Promise<Refusal | null> {
  const refusal = await written(world, opened)
  if (refusal !== null) return refusal
  const head = await headOf(world.db, opened.number)
  if (head && head.workflowStartedAt === null) await startWorkflow(world, head, startDeadlineMs)
  return null
}

async function written(world: World, { host, number, key, input, origin }: Opened): Promise<Refusal | null> {
  const { db, clock } = world
  if (number.length > longestNumber) return 'invalid-input'
  const at = instantOf(clock.now().getTime())
  const route = `open ${host.process.name}`
  const request = identityOf({ caller: systemActor.id, key, route, ticket: number, bodyHash: '', createdAt: at })
  if (await headOf(db, number)) return (await isBegunBy(db, number, request.id)) ? null : 'number-taken'
  const reading = host.process.birth.read(input)
  if (!reading.ok) return 'invalid-input'
  const { beginning } = reading
  const belonging = await belongingOf(db, beginning)
  if (belonging.kind === 'unknown') return 'invalid-input'
  const parent = belonging.kind === 'found' ? belonging.parent : null
  const judgement = await judged(
    { ...world, directory: (mentioned) => directoryOf(db, mentioned, at) },
    { host, beginning, origin, parent, act: { requestId: request.id, actor: systemActor, at } },
  )
  if (!judgement.ok) return 'invalid-input'
  const { form, birthContext } = judgement
  const answer = () => ({ status: 201, body: { number } })
  const newcomer = { host, request, beginning, birthContext, formUnder: () => form, answer }
  const { result } = await takeIn((intake) => insertProcess(db, intake), [number], newcomer)
  return result === 'number-taken' || result === 'one-already' ? result : null
}
