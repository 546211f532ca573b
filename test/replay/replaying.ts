import type { Payload, PayloadCodec } from '@temporalio/common'
import { DefaultLogger, Runtime, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker'
import { globalHandlers } from '@temporalio/worker/lib/workflow/vm-shared.js'
import { z } from 'zod'
import { historyOf, isObject, parsed, type Json } from './form.ts'
import type { Story } from './library.ts'

/**
 * Replays histories with the workflow code as it is, and finds what that code would do otherwise than what is on record.
 * Temporal notices other commands: a timer, an activity, a child more or less. It does not notice other answers, so those
 * are compared here: an event that comes out different, or not at all, would leave rows that no workflow knows of.
 */

export interface Break {
  readonly story: string
  /** Number of the event in the history where it shows; undefined where the SDK names none. */
  readonly event: number | undefined
  readonly what: string
}

export async function breaksIn(bundle: WorkflowBundleWithSourceMap, stories: readonly Story[]): Promise<Break[]> {
  beQuiet()
  withoutTraces()
  const said = new Said()
  const replays = Worker.runReplayHistories(
    { workflowBundle: bundle, dataConverter: { payloadCodecs: [said] } },
    stories.map(({ name, stored }) => ({ workflowId: name, history: historyOf(stored) })),
  )
  const breaks: Break[] = []
  let at = 0
  for await (const { error } of replays) {
    const story = stories[at]
    if (!story) throw new Error('more results than histories')
    at += 1
    const answers = said.take()
    const found = error ? brokenAt(error.message, story) : otherAnswer(story, answers)
    if (found) breaks.push({ story: story.name, ...found })
  }
  if (at !== stories.length) throw new Error(`${stories.length} histories, ${at} of them replayed`)
  return breaks
}

/** What whoever made the change should know. */
export function report(breaks: readonly Break[]): string {
  if (breaks.length === 0) return ''
  const shown = breaks
    .slice(0, mostShown)
    .map(({ story, event, what }) => `  ${story}${event === undefined ? '' : `, event ${event}`}\n    ${what}`)
  const more = breaks.length > mostShown ? [`  … and ${breaks.length - mostShown} more`] : []
  return [
    `This workflow code breaks ${breaks.length} stored ${breaks.length === 1 ? 'history' : 'histories'}, and with them tickets that run today:`,
    ...shown,
    ...more,
    'What to do:',
    "  - A timer, activity, child or order of them that is new: take the new path only where patched('…') says so.",
    '  - An event, state or refusal that comes out different: let the new rule hold only for tickets whose policy asks for it.',
    '  - No release was made from these histories yet: record them again with npm run histories:record.',
    'docs/versioning.md shows how.',
  ].join('\n')
}

const mostShown = 10

function brokenAt(message: string, { stored }: Story): Omit<Break, 'story'> {
  const event = /\bid: (\d+)/.exec(message)?.[1]
  const there = event === undefined ? undefined : eventsOf(stored).find(({ eventId }) => eventId === event)
  return {
    event: event === undefined ? undefined : Number(event),
    what: `${there ? `history has ${describe(there)}, the code does something else: ` : ''}${coreOf(message)}`,
  }
}

/** The first answer on record that the code did not give again; it may say more than it did. */
function otherAnswer({ stored }: Story, given: readonly Json[]): Omit<Break, 'story'> | undefined {
  let from = 0
  for (const event of eventsOf(stored)) {
    for (const recorded of answersIn(event)) {
      const at = given.findIndex((answer, at) => at >= from && difference(recorded, answer) === undefined)
      if (at === -1) {
        const nearest = given[from]
        const where = nearest === undefined ? 'nothing was said any more' : difference(recorded, nearest)
        return { event: Number(event.eventId), what: `${describe(event)} replays with another outcome: ${where}` }
      }
      from = at + 1
    }
  }
  return undefined
}

/** Where `now` lacks or contradicts what was recorded; undefined when it says all of it, and perhaps more. */
function difference(recorded: Json, now: Json, path = ''): string | undefined {
  if (Array.isArray(recorded) && Array.isArray(now)) {
    if (recorded.length !== now.length) return `${path} had ${recorded.length} entries, now ${now.length}`
    return firstOf(recorded.map((item, at) => () => difference(item, now[at] ?? null, `${path}[${at}]`)))
  }
  if (isObject(recorded) && isObject(now)) {
    return firstOf(
      Object.entries(recorded).map(([name, value]) => () => {
        const there = now[name]
        return there === undefined ? `${path}.${name} is gone` : difference(value, there, `${path}.${name}`)
      }),
    )
  }
  return recorded === now ? undefined : `${path} was ${JSON.stringify(recorded)}, now ${JSON.stringify(now)}`
}

function firstOf(looks: readonly (() => string | undefined)[]): string | undefined {
  for (const look of looks) {
    const found = look()
    if (found !== undefined) return found
  }
  return undefined
}

/** Hears what workflow code hands to the server; the SDK passes all of it here, in replay too. */
class Said implements PayloadCodec {
  #said: Json[] = []

  take(): readonly Json[] {
    const said = this.#said
    this.#said = []
    return said
  }

  async encode(payloads: Payload[]): Promise<Payload[]> {
    for (const { data, metadata } of payloads) {
      if (Buffer.from(metadata?.['encoding'] ?? []).toString() !== 'json/plain') continue
      this.#said.push(parsed(Buffer.from(data ?? []).toString()))
    }
    return payloads
  }

  async decode(payloads: Payload[]): Promise<Payload[]> {
    return payloads
  }
}

const payloads = z.object({ payloads: z.array(z.object({ json: z.custom<Json>() }).partial()) }).partial()
const named = z.object({ name: z.string() })
const eventShape = z.looseObject({
  eventId: z.string(),
  eventType: z.string(),
  workflowExecutionUpdateAcceptedEventAttributes: z.object({ acceptedRequest: z.object({ input: named }) }).optional(),
  workflowExecutionUpdateCompletedEventAttributes: z.object({ outcome: z.object({ success: payloads.optional() }) }).optional(),
  activityTaskScheduledEventAttributes: z.object({ activityType: named, input: payloads.optional() }).optional(),
  workflowExecutionContinuedAsNewEventAttributes: z.object({ input: payloads.optional() }).optional(),
  startChildWorkflowExecutionInitiatedEventAttributes: z.object({ workflowType: named, input: payloads.optional() }).optional(),
})
type HistoryEvent = z.infer<typeof eventShape>

function eventsOf(stored: Json): readonly HistoryEvent[] {
  return z.object({ events: z.array(eventShape) }).parse(stored).events
}

/** What the workflow said in this event. */
function answersIn(event: HistoryEvent): readonly Json[] {
  const said = [
    event.workflowExecutionUpdateCompletedEventAttributes?.outcome.success,
    event.activityTaskScheduledEventAttributes?.input,
    event.workflowExecutionContinuedAsNewEventAttributes?.input,
    event.startChildWorkflowExecutionInitiatedEventAttributes?.input,
  ]
  return said.flatMap((part) => part?.payloads ?? []).flatMap(({ json }) => (json === undefined ? [] : [json]))
}

function describe(event: HistoryEvent): string {
  const kind = event.eventType.replace('EVENT_TYPE_', '').toLowerCase().replaceAll('_', ' ')
  const name =
    event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.name ??
    event.activityTaskScheduledEventAttributes?.activityType.name ??
    event.startChildWorkflowExecutionInitiatedEventAttributes?.workflowType.name
  return name === undefined ? kind : `${kind} (${name})`
}

/** The SDK wraps what matters in several layers. */
function coreOf(message: string): string {
  return /\[TMPRL\d+\][^"]*/.exec(message)?.[0] ?? message.split('\n')[0] ?? ''
}

/**
 * Replaying happens in this very thread, and there the SDK would note where each promise is made, of workflows and of all else:
 * for a query that nobody asks here, and for as long as the process lives.
 */
function withoutTraces(): void {
  globalHandlers.installed = true
}

/** A break is told once, by its report, and not by the SDK's log as well. */
export function beQuiet(): void {
  try {
    Runtime.install({ logger: new DefaultLogger('ERROR', () => {}), telemetryOptions: { logging: { filter: 'OFF' } } })
  } catch {
    // A worker runs in this process and has installed its own.
  }
}
