import { z } from 'zod'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Directory } from '../../domain/people.ts'
import { conflict, invalid, type FieldError } from '../../domain/rejection.ts'
import type { Command, Draft, ProcessState } from '../process.ts'
import { handlerError, holding, receiver } from './assignees.ts'
import { defineCommandOf, type Definition, type Known, type TimedDecision } from './command.ts'
import { personSchema, reasonSchema } from './inputs.ts'

/**
 * The command by which everything that somebody has is given to another, process by process, whatever their types (X8): what is sent, and to
 * whom it may go. A type says what it moves.
 */
const handOverSchema = z.strictObject({
  from: labelled(personSchema, said('移交人', '移交人', 'Handed over by')),
  to: labelled(personSchema, said('接收人', '接收人', 'Handed over to'), { from: 'people.handlers' }),
  reason: reasonSchema,
})
export type HandOver = Readonly<z.output<typeof handOverSchema>>

export type HandOverCommand<S extends ProcessState, E extends Draft, P> = Command<S, E, P> & Known<'hand-over', HandOver>

/** What goes from whom to whom. */
export interface Moving extends Pick<HandOver, 'from' | 'reason'> {
  /** Who really gets it. */
  readonly assignee: string
  /** The absent person in whose place; null: in nobody's. */
  readonly insteadOf: string | null
}

interface HandingOver<S extends ProcessState, E extends Draft, P> extends Pick<
  Definition<S, E, P, HandOver>,
  'summary' | 'requirements' | 'may' | 'stages' | 'blocked'
> {
  /** Why it cannot go to that person; absent: as {@link handlerError} has it. */
  receives?(context: TimedDecision<S, P>, to: string, directory: Directory): FieldError | undefined
  /** What happens; nothing: the person has nothing of it. */
  moved(context: TimedDecision<S, P>, moving: Moving): readonly E[]
}

/** Defines it for a type. `beganAt` tells when a process of it began. */
export function defineHandOver<S extends ProcessState, E extends Draft, P>(
  { moved, receives = (_, to, directory) => handlerError('to', to, directory), ...definition }: HandingOver<S, E, P>,
  beganAt: (state: S) => Instant,
): HandOverCommand<S, E, P> {
  return defineCommandOf<S, E, P, HandOver, 'hand-over', HandOver>(
    {
      ...definition,
      name: 'hand-over',
      labels: said('工作交接', '工作交接', 'Hand over'),
      input: () => handOverSchema,
      mentions: ({ to }) => ({ people: [to] }),
      decide(context, { from, to, reason }) {
        const { directory } = context.act
        const error = receives(context, to, directory)
        if (error) return invalid(error)
        const { assignee, insteadOf } = receiver(to, directory)
        if (assignee === from) return invalid({ path: 'to', code: 'same-person', params: holding({ assignee, insteadOf }) })
        const events = moved(context, { from, reason, assignee, insteadOf })
        return events.length > 0 ? events : conflict('nothing-held', { command: 'hand-over', person: from })
      },
    },
    beganAt,
  )
}
