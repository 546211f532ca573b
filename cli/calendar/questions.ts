import { z } from 'zod'
import { inputErrors } from '../../api/http/issues.ts'
import { jsonFault } from '../../api/http/json-fault.ts'
import { plainSpeech, summaryText, type InputError } from '../../api/messages/render.ts'
import type { Calendar } from '../../domain/calendar/schema.ts'
import { workingDurationForm, workingTimeText } from '../../domain/calendar/working-duration.ts'
import { coverageOf } from '../../domain/calendar/coverage.ts'
import { TooFarAhead, workingDue, workingMs } from '../../domain/calendar/working-time.ts'
import { instantSchema, type Instant } from '../../domain/instant.ts'

/** Questions to a calendar, and what it answers (X2). */

/** What is written for a question. `over` is the time that mattered; absent for what could not be answered. */
export interface Answer {
  readonly said: Readonly<Record<string, string>>
  readonly over?: Reach
}

export interface Reach {
  readonly from: Instant
  readonly to: Instant
}

/** The time from the earlier beginning to the later end. */
export function bothReaches(one: Reach | undefined, other: Reach | undefined): Reach | undefined {
  if (!one || !other) return one ?? other
  return { from: one.from < other.from ? one.from : other.from, to: one.to > other.to ? one.to : other.to }
}

/** Answers one question, given as a value nobody has looked at. */
export type Respond = (question: unknown) => Answer

const dueQuestion = z.object({ from: instantSchema, working: z.string().regex(workingDurationForm, 'duration') })
const elapsedQuestion = z.object({ from: instantSchema, to: instantSchema })

/** `{from, working}` → `{due}` */
export function dueBy(calendar: Calendar): Respond {
  return responding(dueQuestion, 'working', ({ from, working }) => {
    const due = workingDue(calendar, from, working)
    return { said: { due }, over: { from, to: due } }
  })
}

/** `{from, to}` → `{working}` */
export function elapsedBy(calendar: Calendar): Respond {
  return responding(elapsedQuestion, 'to', ({ from, to }) =>
    to < from
      ? refused([{ path: 'to', code: 'before-from' }])
      : { said: { working: workingTimeText(workingMs(calendar, from, to)) }, over: { from, to } },
  )
}

/** The same for a question as a line of JSON. */
export function toLine(line: string, respond: Respond): Answer {
  // What stands for bytes that are no UTF-8.
  if (line.includes('\uFFFD')) return { said: { error: 'the line is not UTF-8; send it as UTF-8' } }
  try {
    return respond(JSON.parse(line))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return {
      said: {
        error: `the line is not JSON (column ${jsonFault(line).column}); write one object a line, with its keys and texts in quotes`,
      },
    }
  }
}

/** What to warn of when answers reach where the calendar knows no holidays; undefined when none does. */
export function coverageWarning(calendar: Calendar, over: Reach | undefined): string | undefined {
  const coverage = over && coverageOf(calendar, over.from, over.to)
  if (!coverage || coverage.known) return undefined
  return coverage.side === 'before'
    ? `Holidays of ${calendar.id} are known from ${coverage.date} on only: earlier days count by the week alone.`
    : `Holidays of ${calendar.id} are known through ${coverage.date} only: later days count by the week alone, and an announcement may move this.`
}

/** `far` is the field to blame when the answer would lie a century away. */
function responding<Q>(schema: z.ZodType<Q>, far: string, answer: (question: Q) => Answer): Respond {
  return (question) => {
    const parsed = schema.safeParse(question, { reportInput: true })
    if (!parsed.success) return refused(inputErrors(parsed.error.issues, schema))
    try {
      return answer(parsed.data)
    } catch (error) {
      if (error instanceof TooFarAhead) return refused([{ path: far, code: 'too-far' }])
      throw error
    }
  }
}

function refused(errors: readonly InputError[]): Answer {
  return { said: { error: summaryText(errors, plainSpeech('en')) } }
}
