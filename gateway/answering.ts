import { settleDealing } from '../db/dealings.ts'
import { headOf } from '../db/heads.ts'
import { hasTakenEffect } from '../db/events.ts'
import { hasCommonRoutes, hostOf, type Hosting, type Registry, type World } from '../processes/hosting.ts'
import { openingSchema, openKind, tellingSchema, tellKind, type Opening, type Telling } from '../workflows/common/other-processes.ts'
import type { Reply } from '../workflows/process.ts'
import type { OpenAsk } from '../workflows/shell/protocol.ts'
import type { Gateway } from './gateway.ts'
import { openBySystem } from './opening.ts'
import { catchUp, startDeadlineMs, startWorkflow, typeOf, written } from './reach.ts'

/** Where asks are answered, those among them that concern another process. */
export interface Answering extends World {
  readonly processes: Registry
  readonly gateway: Gateway
}

/** Answers what a process asks: by its type, unless it concerns another process. Doing it again changes nothing; whatever fails is asked again. */
export async function answerFor(world: Answering, { host, number }: Asker, ask: OpenAsk): Promise<Reply> {
  switch (ask.kind) {
    case openKind:
      return settled(world, number, ask, await open(world, number, ask, openingSchema.parse(ask.question)))
    case tellKind:
      return settled(world, number, ask, await tell(world, number, ask, tellingSchema.parse(ask.question)))
    default:
      if (!host.answer)
        throw new Error(`${ask.id} asks ${ask.kind} of the world, and the type ${host.process.name} does not say who answers`)
      return host.answer(world, ask)
  }
}

/** It is done: the process that asked need not take it up again, whatever becomes of its workflow. */
async function settled({ db }: Answering, asker: string, { id }: OpenAsk, reply: Reply): Promise<Reply> {
  await settleDealing(db, asker, id)
  return reply
}

/** A process that asks. */
export interface Asker {
  readonly host: Hosting
  readonly number: string
}

/** Takes a process in, as a registration does. */
async function open(world: Answering, asker: string, ask: OpenAsk, opening: Opening): Promise<Reply> {
  const { db, processes } = world
  const { process: type, id: number, input, refused } = opening
  const host = hostOf(processes, type)
  if (!host || !hasCommonRoutes(host)) throw new Error(`${ask.id} opens a ${type}, which this release cannot`)
  const opener = await headOf(db, asker)
  if (!opener) throw new Error(`the rows of ${asker} are not there`)
  const origin = { profile: opener.profile, profileVersion: opener.profileVersion }
  const refusal = await openBySystem(world, { host, number, key: ask.id, input, origin })
  if (refusal === null || refused === undefined) return null
  return { command: refused, input: { to: number, command: `open ${type}`, code: refusal } }
}

/** Has `system` give a command to another process, once however often it is told. One that has ended counts as told. */
async function tell(world: Answering, teller: string, ask: OpenAsk, { to, command, input, refused }: Telling): Promise<Reply> {
  const { db, gateway } = world
  const head = await headOf(db, to)
  if (!head) throw new Error(`${ask.id} is told to ${to}, of which the rows know nothing`)
  const host = typeOf(world.processes, head)
  // Its workflow remembers what it was told only as long as it is not lost itself.
  if (head.ended || (await hasTakenEffect(db, to, ask.id))) return null
  if (head.workflowStartedAt === null) await startWorkflow(world, head, startDeadlineMs)
  // Told again after a refusal it is judged again: the server would repeat what it said to the same id.
  const result = await gateway.wake(to, `${ask.id} ${head.version}`, {
    writtenThrough: head.version,
    command: { id: ask.id, command, input, teller },
  })
  switch (result.kind) {
    case 'woken': {
      await written(world, host, result.batch)
      const { refused: rejection } = result.batch
      // Its rows did not say yet that it has ended.
      if (rejection?.code === 'ended') return null
      if (rejection) return refused === undefined ? null : { command: refused, input: { to, command, code: rejection.code } }
      return tookEffect(db, to, ask)
    }
    case 'nothing-due':
      return tookEffect(db, to, ask)
    case 'rows-behind':
      await catchUp(world, to)
      throw new Error(`the rows of ${to} had to catch up first`)
    case 'not-running': {
      await catchUp(world, to)
      const now = await headOf(db, to)
      if (now?.ended) return null
      throw new Error(`${to} did not take what it was told`)
    }
  }
}

/** A worker of an older release knows no such command, and says neither that nor anything else: then it is told again. */
async function tookEffect(db: World['db'], to: string, { id }: OpenAsk): Promise<null> {
  if (await hasTakenEffect(db, to, id)) return null
  throw new Error(`${to} was told ${id}, and nothing came of it`)
}
