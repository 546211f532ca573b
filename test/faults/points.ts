import { z } from 'zod'

/**
 * Points at which a process of the product can be killed or held. The processes under test are the product's own code,
 * started by `entries/`, which watch what goes over their edges: statements to Postgres, calls to Temporal, and what
 * Temporal hands to a worker.
 */

export const edges = [
  // The API's and the worker's statements.
  'request row',
  'key',
  'serial',
  'new ticket',
  'new review',
  'review started mark',
  'new report',
  'report model',
  'assessment model',
  'report mails',
  'started mark',
  'step rows',
  'note',
  'commit',
  // The API's calls to Temporal.
  'workflow start',
  'update',
  // What the worker is given: a workflow task before its code runs, and after it has run but before that is reported.
  'workflow code',
  'activity',
] as const
export type Edge = (typeof edges)[number]

export const pointSchema = z.object({
  when: z.enum(['before', 'after']),
  edge: z.enum(edges),
  /** Only where this text passes the edge, such as a ticket's number. */
  of: z.string().default(''),
  /** `kill`: SIGKILL, as the kernel does when memory runs out. `hold`: stop there until told to go on. */
  deed: z.enum(['kill', 'hold']).default('kill'),
})
export type Point = z.input<typeof pointSchema>

/** What a process under test is told, and what it says. */
export const orderSchema = z.union([z.object({ arm: pointSchema }), z.object({ release: z.literal(true) })])
export type Order = z.input<typeof orderSchema>

export const reportSchema = z.union([
  z.object({ ready: z.string() }),
  z.object({ armed: z.literal(true) }),
  z.object({ holding: z.literal(true) }),
])
export type Report = z.infer<typeof reportSchema>

const statements: readonly (readonly [Edge, RegExp])[] = [
  ['request row', /insert into requests \(id, caller.*do nothing/s],
  ['key', /^select id, response_status, response from requests/],
  ['serial', /insert into counters/],
  ['new ticket', /insert into tickets/],
  ['new review', /insert into reviews/],
  ['review started mark', /update reviews set workflow_started_at/],
  ['new report', /insert into reports/],
  ['report model', /^insert into "report_models"/],
  ['assessment model', /^insert into "assessment_models"/],
  ['report mails', /insert into notices \(process, seq, kind, recipient_kind, recipient_id, params, created_at, bulk\)\s+select \$1/],
  ['started mark', /update tickets set workflow_started_at/],
  ['step rows', /write_process as \(/],
  ['note', /^insert into "notes"/],
  ['commit', /^commit/i],
]

/** Which edge a statement is; undefined for those nobody kills at. */
export function edgeOfStatement(sql: string): Edge | undefined {
  return statements.find(([, pattern]) => pattern.test(sql))?.[0]
}
