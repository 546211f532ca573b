import { z } from 'zod'
import type { Ask } from '../process.ts'

/**
 * What a process has done outside itself. Both are asks, so that they are tried until they are done, go along into a new run, and hold
 * a process that has ended until then; both may be done again without a second effect.
 */

/**
 * Opens another process: it is taken in like any registration, first its rows, then its workflow. What is wrong with its input, or that
 * somebody has the number, is told back by the command `refused`, if one is named.
 */
export function opening(process: string, id: string, input: unknown, refused?: string): Ask {
  return { kind: openKind, target: id, question: { process, id, input, ...(refused !== undefined && { refused }) } satisfies Opening }
}

/**
 * Tells another process: `system` gives it a command that says it is `tellable`, once however often it is told. One that has ended counts as told. What it
 * refuses is told back by the command `refused`, if one is named.
 */
export function telling(to: string, command: string, input: unknown, refused?: string): Ask {
  return { kind: tellKind, target: to, question: { to, command, input, ...(refused !== undefined && { refused }) } satisfies Telling }
}

/** Whether the ask is to be done even if the process that asks has ended. */
export function concernsAnother({ kind }: Pick<Ask, 'kind'>): boolean {
  return kind === openKind || kind === tellKind
}

export const openKind = 'open'
export const tellKind = 'tell'

export const openingSchema = z.object({ process: z.string(), id: z.string(), input: z.unknown(), refused: z.string().exactOptional() })
export type Opening = z.output<typeof openingSchema>

export const tellingSchema = z.object({ to: z.string(), command: z.string(), input: z.unknown(), refused: z.string().exactOptional() })
export type Telling = z.output<typeof tellingSchema>
