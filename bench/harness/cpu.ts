import { readdirSync, readFileSync } from 'node:fs'
import type { Parts } from './parts.ts'

/**
 * Processor time that a run's processes have used, in milliseconds, by part: on a machine that others use too it says
 * more than the time that passed. Linux only; empty elsewhere.
 */
export function cpuTimes(parts: Parts): ReadonlyMap<string, number> {
  if (process.platform !== 'linux') return new Map()
  const { user, system } = process.cpuUsage()
  const times = new Map([['client', (user + system) / 1_000]])
  const children = childrenByParent()
  for (const { name, pid } of parts.running) {
    // Postgres is one process a connection; those that have ended are counted with their parent.
    const running = (children.get(pid) ?? []).reduce((sum, child) => sum + time(child, own), 0)
    times.set(name, (times.get(name) ?? 0) + time(pid, [...own, ...ofEndedChildren]) + running)
  }
  return times
}

/** What each part used in between, and all of them together, over so many operations. */
export function cpuPer(operations: number, before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): Map<string, number> {
  const used = [...after].map(([name, time]): [string, number] => [name, (time - (before.get(name) ?? 0)) / operations])
  return new Map([...used, ['all', used.reduce((sum, [, time]) => sum + time, 0)]])
}

/** What Linux counts processor time in, for every program alike. */
const tickMs = 10

/** Places in what {@link statOf} gives. */
const own = [11, 12]
const ofEndedChildren = [13, 14]
const parent = 1

function time(pid: number, fields: readonly number[]): number {
  const stat = statOf(pid)
  return stat ? fields.reduce((sum, field) => sum + Number(stat[field]), 0) * tickMs : 0
}

function childrenByParent(): Map<number, number[]> {
  const children = new Map<number, number[]>()
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const of = Number(statOf(Number(entry))?.[parent])
    if (of > 0) children.set(of, [...(children.get(of) ?? []), Number(entry)])
  }
  return children
}

/** The fields of /proc/PID/stat after the name, from the state on; undefined when the process has ended. */
function statOf(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}
