/**
 * Why an act was refused. A rejection is data: a kind that decides the HTTP status, a code that names the reason and
 * parameters that fill the sentence in the caller's language (api/messages).
 */
export interface Rejection {
  readonly kind: RejectionKind
  readonly code: RejectionCode
  readonly params?: RejectionParams
  readonly errors?: readonly FieldError[]
}

/** `forbidden` 403 · `not-found` 404 · `conflict` 409 · `stale` 412 · `invalid` 422 */
export type RejectionKind = 'forbidden' | 'not-found' | 'conflict' | 'stale' | 'invalid'

export type RejectionParams = Readonly<Record<string, string | number | readonly string[]>>

/** One thing wrong with the input: where (`classification.cause`), why, and what the sentence about it needs. */
export interface FieldError {
  readonly path: string
  readonly code: FieldErrorCode
  readonly params?: RejectionParams
}

export const rejectionCodes = [
  'wrong-role',
  'not-yours',
  'wrong-stage',
  'already-held',
  'done-already',
  'ended',
  'stale-version',
  'invalid-input',
  // Of any type, though it says ticket: what clients decide by is never taken away from them (docs/api-clients.md), and 0.1.0 answered it.
  'unknown-ticket',
  'no-review-meeting',
  'plan-needed',
  'not-waiting',
  'already-waiting',
  'callback-finished',
  'nothing-held',
  'article-finished',
  'same-priority',
  'change-pending',
  'no-change-pending',
  'own-request',
  'urged-already',
  'nothing-to-defer',
  'calendar-old',
  'no-task',
  'own-signature',
  'signed-meanwhile',
  'not-your-action',
  'judged-already',
  'action-ended',
  'made-already',
  'not-reckoned',
  'open-already',
  'actions-full',
  'effect-unchecked',
  'own-score',
  'not-their-superior',
  'not-their-score',
  'scores-closed',
  'confirmed-already',
  'not-confirmed',
  'objection-late',
  'no-objection',
  'objection-decided',
  'objected-already',
  'own-decision',
  'own-nomination',
  'own-record',
  'item-decided',
  'own-proposal',
  'nominated-already',
  'nominations-full',
  'nominations-used',
  'nothing-to-commend',
  'nomination-decided',
  'commended-already',
  'own-work',
  'no-own-acts',
  'act-not-here',
  'act-not-yours',
  'delay-unexplained',
  'nobody-has-it',
  'helpers-full',
  'no-helper',
  'query-open',
  'no-query',
  'intervention-open',
  'no-intervention',
  'milestones-full',
  'departments-full',
  'no-milestone',
] as const
export type RejectionCode = (typeof rejectionCodes)[number]

export const fieldErrorCodes = [
  'required',
  'not-a-choice',
  'unknown-field',
  'wrong-kind',
  'wrong-format',
  'too-small',
  'too-big',
  'too-long',
  'bad-phone',
  'several-phones',
  'bad-email',
  'contact-missing',
  'empty-word',
  'in-the-future',
  'too-early',
  'not-after-now',
  'unknown-person',
  'cannot-handle',
  'not-staff',
  'not-of-team',
  'named-twice',
  'machine',
  'absent-without-deputy',
  'deputies-absent',
  'unknown-team',
  'same-person',
  'own-deputy',
  'required-by-now',
  'required-for-outcome',
  'true-for-outcome',
  'only-with',
  'nothing-to-change',
  'one-of-two',
  'not-later',
  'parent-ended',
  'bad-year',
  'too-far',
  'no-such-period',
  'no-working-day',
  'before-records',
  'period-not-over',
  'no-such-item',
  'not-a-delay',
  'not-in-doubt',
  'nothing-upheld',
  'excused-already',
  'act-confirmed-already',
  'nothing-decided',
  'never-in-hand',
  'no-such-entry',
  'of-other-profile',
  // Of any type, though it says ticket: what clients decide by is never taken away from them (docs/api-clients.md), and 0.1.0 answered it.
  'unknown-ticket',
  'before-from',
  'nothing-to-draw',
  'other-roles',
  'too-many-drawn',
  'nothing-applies',
  'unknown-customer',
  'account-taken',
  'external-id-taken',
  'contact-in-clear',
  'not-an-organisation',
  'act-is-command',
  'same-team',
] as const
export type FieldErrorCode = (typeof fieldErrorCodes)[number]

/** What is wrong with a word that has to be one of a list; undefined when it is. */
export function choiceError(path: string, given: string, choices: readonly string[]): FieldError | undefined {
  return choices.includes(given) ? undefined : { path, code: 'not-a-choice', params: { choices } }
}

export function invalid(...errors: FieldError[]): Rejection {
  return { kind: 'invalid', code: 'invalid-input', errors }
}

/** What is found wrong, told at once; undefined when nothing is. */
export function invalidIf(...found: readonly (FieldError | undefined)[]): Rejection | undefined {
  const errors = found.filter((error) => error !== undefined)
  return errors.length > 0 ? invalid(...errors) : undefined
}

export function conflict(code: RejectionCode, params: RejectionParams = {}): Rejection {
  return { kind: 'conflict', code, params }
}
export function forbidden(code: RejectionCode, params: RejectionParams = {}): Rejection {
  return { kind: 'forbidden', code, params }
}
