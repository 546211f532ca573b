import { queryWait } from '../../domain/waits.ts'
import type { Labels, Locale } from '../../domain/labels.ts'
import { madeOnce } from '../../domain/memory.ts'
import { rolesOf } from '../../domain/profile/roles.ts'
import type { ProcessStage } from '../../domain/stages.ts'
import type { Hosting, Registry } from '../../processes/hosting.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Speech, Terms } from '../messages/render.ts'
import { addressedType } from './addressed.ts'

/** What a problem calls the process of which it speaks, and its commands and stages: in the words of its type. */

/** A process type, as far as it has words. */
export type Worded = Pick<Hosting['process'], 'labels' | 'commands' | 'stages'>

/**
 * The words for a problem about a process of that type, or of any. Who threw it knows best; otherwise a problem on the routes of a type is about
 * one of these, and elsewhere it is about any.
 */
export function wordsFor(
  processes: Registry,
  { about, path, locale }: { readonly about: Worded | undefined; readonly path: string; readonly locale: Locale },
): Pick<Speech, 'process' | 'anyProcess' | 'another' | 'commands' | 'stages'> {
  const type = about ?? addressedType(processes, path)?.process
  const anyProcess = oneOf(processes, locale)
  const process = type?.labels[locale] ?? anyProcess
  const another = isOneOfEach(processes, type) ? undefined : process
  return { process, anyProcess, another, ...(type ? wordsOf(type) : wordsOfAll(processes)) }
}

/** Whether what is said of one of that type is its number, so that there is never another in its place: a report of a month. */
function isOneOfEach(processes: Registry, type: Worded | undefined): boolean {
  return processes.some(({ process, desk }) => process === type && desk !== undefined && typeof desk.numbers !== 'string')
}

/** `ticket or loan`. */
export function oneOf(processes: Registry, locale: Locale): string {
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(processes.map(({ process }) => process.labels[locale]))
}

/** The commands and stages of one type. */
export const wordsOf = madeOnce(named)

/** Where two types use one name for different things, what the first calls it. */
const wordsOfAll = madeOnce((processes: Registry) => {
  const types = processes.map(({ process }) => process).toReversed()
  return named({ commands: types.flatMap(({ commands }) => commands), stages: types.flatMap(({ stages }) => stages) })
})

function named({ commands, stages }: Pick<Worded, 'commands' | 'stages'>): Pick<Speech, 'commands' | 'stages'> {
  return {
    commands: Object.fromEntries(commands.map(({ name, labels }) => [name, labels])),
    stages: Object.fromEntries(stages.map(({ id, labels }) => [id, labels])),
  }
}

/** What the profile of a process calls what a problem names of it. `stages` are those of the process, as the profile calls them. */
export function termsOf(
  profile: Profile,
  { stages, toCustomer }: { readonly stages: readonly ProcessStage[]; readonly toCustomer: boolean },
): Terms {
  const byId = (list: readonly { readonly id: string; readonly label: Labels }[]) =>
    Object.fromEntries(list.map(({ id, label }) => [id, label]))
  return {
    for: byId([queryWait, ...profile.waitingFor]),
    priority: byId(profile.priorities),
    act: byId(profile.acts ?? []),
    stage: byId(stages.map(({ id, labels, customer }) => ({ id, label: (toCustomer ? customer : undefined) ?? labels }))),
    role: rolesOf(profile),
  }
}
