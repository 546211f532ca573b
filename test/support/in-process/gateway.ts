import { project } from '../../../db/projection.ts'
import { instantOf, type Instant } from '../../../domain/instant.ts'
import { answerFor, type Answering } from '../../../gateway/answering.ts'
import type { Gateway, StepResult, WakeResult } from '../../../gateway/gateway.ts'
import { rejectionSchema } from '../../../gateway/rejection-schema.ts'
import { Trouble } from '../../../gateway/trouble.ts'
import { hostOf, type Hosting } from '../../../processes/hosting.ts'
import type { Draft, ProcessState } from '../../../workflows/process.ts'
import { noSchedules } from '../no-schedules.ts'
import { Running, type Surroundings } from './running.ts'

export interface GatewayInProcess extends Gateway {
  /** Resolves when nothing goes on any more that nobody waits for: asks are answered, and what came of them is written. */
  settled(): Promise<void>
}

/**
 * The gateway for tests whose subject is neither durability, time, delivery nor the shell: processes run in this program, by the same
 * engine and on the same rows, and nothing has to be started for them. It keeps what the real gateway promises: both pass
 * `test/integration/gateway-contract.test.ts`.
 */
export function createGatewayInProcess(world: Omit<Answering, 'gateway'>): GatewayInProcess {
  const running = new Map<string, Running<ProcessState, Draft, unknown>>()
  const now = (): Instant => instantOf(world.clock.now().getTime())

  const gateway: GatewayInProcess = {
    findable: () => Promise.resolve([]),
    schedules: noSchedules,

    start({ name }, input) {
      const host = hostOf(world.processes, name)
      if (!host) throw new Error(`there is no process ${name}`)
      if (!running.has(input.id)) running.set(input.id, new Running(host.process, sent(input), around(host, input.id)))
      return Promise.resolve()
    },

    async step(number, command, call): Promise<StepResult> {
      const done = running.get(number)?.step(command, sent(call)) ?? { kind: 'not-running' }
      switch (done.kind) {
        case 'done':
          return { kind: 'accepted', answer: sent(done.answer) }
        case 'rejected':
          return { kind: 'rejected', rejection: rejectionSchema.parse(sent(done.rejection)) }
        case 'rows-ahead':
          throw new Trouble('in-progress', undefined)
        case 'nothing-due':
          throw new Error('a step is always due')
        default:
          return { kind: done.kind }
      }
    },

    async wake(number, id, call): Promise<WakeResult> {
      const done = running.get(number)?.wake(id, sent(call)) ?? { kind: 'not-running' }
      switch (done.kind) {
        case 'done':
          return { kind: 'woken', batch: sent(done.answer) }
        case 'rejected':
          throw new Error('nobody gives a wake that could be refused')
        case 'rows-ahead':
          throw new Trouble('in-progress', undefined)
        default:
          return { kind: done.kind }
      }
    },

    async batch(number, writtenThrough) {
      const process = running.get(number)
      return process && sent(process.batch(writtenThrough))
    },

    reachable: () => Promise.resolve({ ok: true }),

    async settled() {
      await Promise.all([...running.values()].map((process) => process.settled()))
    },

    async close() {
      for (const process of running.values()) process.abandon()
      await gateway.settled()
    },
  }
  return gateway

  /** What activities do for a workflow, tried until it works. */
  function around(host: Hosting, number: string): Surroundings<ProcessState, Draft> {
    return {
      now,
      async project(batch) {
        await project(world.db, host, sent(batch))
      },
      findOut: async (ask) => sent(await answerFor({ ...world, gateway }, { host, number }, sent(ask))),
      failed: (err) => world.log.warn({ err, number }, 'what nobody waits for failed; it is tried again'),
    }
  }
}

/** As it arrives at the other end: nothing but JSON crosses to a workflow or back. */
function sent<T>(value: T): T {
  const arrived: T = JSON.parse(JSON.stringify(value))
  return arrived
}
