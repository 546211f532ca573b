import { expect } from 'vitest'
import { z } from 'zod'
import { epochMs, instantOf } from '../../domain/instant.ts'
import type { Speaker } from './api.ts'
import { until } from './launcher.ts'
import type { OfficeOnTemporal } from './office-on-temporal.ts'
import { log } from './walk.ts'

/** Promises in an office that skips time: let time pass, and see what became of them. */

const promiseShape = z.object({
  clock: z.string(),
  label: z.string(),
  cycle: z.number(),
  startedAt: z.string(),
  dueAt: z.string(),
  state: z.string(),
  stoppedAt: z.string().nullable(),
  pausedMs: z.number(),
  pausedWorkingMs: z.number().nullable(),
  recordedLate: z.boolean(),
  provisional: z.boolean(),
})

export const seconds = (from: string, to: string) => (epochMs(to) - epochMs(from)) / 1000

/** Within so many seconds something is noticed at once, on a busy machine too. */
export const atOnceSeconds = 20

/** As `reader` sees it. Office and reader are asked for when they are needed: they come into being before the tests. */
export function passing(office: () => OfficeOnTemporal, reader: () => Speaker) {
  const nowMs = () => office().temporal.currentTimeMs()

  /** The newest cycle of a clock, as everybody reads it. */
  async function promise(number: string, clock: string) {
    const { items } = await reader().get(`/api/tickets/${number}/clocks`)
    const found = items.findLast((item) => item['clock'] === clock)
    if (!found) throw new Error(`no promise of ${clock} on ${number}: ${JSON.stringify(items)}`)
    return promiseShape.parse(found)
  }

  /** Lets time pass until an instant and a little more. */
  async function passTo(instant: string): Promise<void> {
    const ms = epochMs(instant) - (await nowMs())
    await office().later(`PT${Math.max(1, Math.ceil(ms / 1000) + 2)}S`)
  }

  /** The newest event of that kind, once it is there. */
  function logged(number: string, type: string, more: Readonly<Record<string, unknown>> = {}) {
    return until(async () =>
      (await log(reader(), number)).findLast(
        (event) => event.type === type && Object.entries(more).every(([name, value]) => event[name] === value),
      ),
    )
  }

  /** It breaks at its due instant, not a second early, and is noticed at once. */
  async function breaksOnTime(number: string, clock: string): Promise<void> {
    const { dueAt, cycle } = await promise(number, clock)
    await office().later(`PT${Math.floor((epochMs(dueAt) - (await nowMs())) / 1000) - 1}S`)
    expect(await promise(number, clock), clock).toMatchObject({ cycle, state: 'running' })
    await passTo(dueAt)
    const broken = await logged(number, 'promise-broken', { clock, cycle })
    expect(broken).toMatchObject({ dueAt, occurredAt: dueAt, cause: 'time', actor: 'system' })
    expect(seconds(dueAt, String(broken['at']))).toBeLessThan(atOnceSeconds)
    expect(await promise(number, clock)).toMatchObject({ state: 'broken', stoppedAt: null })
  }

  return { promise, passTo, logged, breaksOnTime, now: async () => instantOf(await nowMs()) }
}
