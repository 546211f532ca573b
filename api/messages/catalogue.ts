import type { FieldErrorCode, RejectionCode } from '../../domain/rejection.ts'

/**
 * Everything the API says to people, in one language. Texts are templates: `{name}` is a parameter, and a part in
 * `[square brackets]` is left out when one of its parameters is not given. `{process}` is always given: what the process is called of which
 * a problem speaks; and `{anyProcess}`: what one of any type is. Any noun must fit there: in English behind `the`, `this`, `no` or an adjective, in Chinese behind 此, 本 or 个.
 * `{first}` is the command by which the caller would have the process, given where it is possible: a remedy that not everybody has stands in brackets.
 */
export interface Catalogue {
  /** What was wrong, where, and what to do about it. */
  readonly problems: Readonly<Record<ProblemCode, { readonly title: string; readonly detail: string }>>
  /** What is wrong with one field. */
  readonly fields: Readonly<Record<FieldErrorCode | ApiFieldError, string>>
  /** What a named format demands. */
  readonly formats: Readonly<Record<Format, string>>
  /** Kinds of values. */
  readonly kinds: Readonly<Record<Kind, string>>
  readonly listSeparator: string
  readonly sentenceSeparator: string
  /** Between a path and what is wrong there. */
  readonly pathSeparator: string
  /** Around the name of a command or a stage. */
  readonly quotes: readonly [string, string]
  /** When a calendar's exceptions are not announced yet for what was reckoned (X2). */
  readonly notCovered: string
  /** When what was reckoned begins before the first day of a calendar's exceptions. */
  readonly notCoveredBefore: string
  /** What the agent tells the customer at registration (S8, T3). */
  readonly tell: { readonly start: string; readonly numberOnly: string }
}

/** What can go wrong around a process, beside what it refuses itself, with the status of the answer. */
export const apiProblems = {
  'malformed-request': 400,
  'malformed-target': 400,
  'malformed-body': 400,
  'not-utf-8': 400,
  'malformed-header': 400,
  'incomplete-body': 400,
  'not-signed-in': 401,
  'contact-lookup': 403,
  'assessments-fall-due': 403,
  'only-for-yourself': 403,
  'unknown-route': 404,
  'unknown-command': 404,
  'unknown-profile': 404,
  'profile-not-in-force': 409,
  'unknown-calendar': 404,
  'unknown-person': 404,
  'unknown-team': 404,
  'unknown-figure': 404,
  'unknown-schedule': 404,
  'unknown-request': 404,
  'unknown-notice': 404,
  'unknown-absence': 404,
  'unknown-customer': 404,
  'unknown-template': 404,
  'unknown-token': 404,
  'method-not-allowed': 405,
  'unknown-host': 421,
  'version-taken': 409,
  'notice-not-dead': 409,
  'too-many-tokens': 409,
  'absence-ended': 409,
  'version-old': 409,
  'body-too-large': 413,
  'too-many-members': 413,
  'unsupported-media-type': 415,
  'unsupported-encoding': 415,
  'key-reused': 422,
  'too-many-requests': 429,
  'too-many-lookups': 429,
  'daily-limit': 429,
  internal: 500,
  'database-away': 503,
  'temporal-away': 503,
  'pdf-unavailable': 503,
  'in-progress': 503,
  'outcome-unknown': 504,
} as const
export type ApiProblem = keyof typeof apiProblems
export type ProblemCode = RejectionCode | ApiProblem

/** What is wrong with a field as the API finds it, beside what domain and process find. */
export const apiFieldErrors = [
  'too-few',
  'too-many',
  'too-short',
  'unprintable',
  'too-deep',
  'repeated',
  'bad-cursor',
  'staff-only',
  'own-identity',
  'own-address-missing',
  'id-differs',
  'profile-upcoming',
  'profile-retired',
  'profile-of-parent',
  'parent-ended-optional',
  'required-optional',
  'unknown-recipient',
  'quiet-all-day',
  'span-too-long',
  'not-over-yet',
  'other-namespace',
  'payload-malformed',
  'payload-unknown-key',
  'payload-other-workflow',
  'payload-tampered',
  'other',
] as const
export type ApiFieldError = (typeof apiFieldErrors)[number]

/** Formats that have a name: our own patterns by their message, zod's by theirs. */
export const formats = [
  'datetime',
  'moment',
  'shown-moment',
  'date',
  'day-or-instant',
  'duration',
  'time-of-day',
  'identifier',
  'field-id',
  'person-id',
  'team-id',
  'seed',
  'email',
  'url',
  'uuid',
  'base64',
  'idempotency-key',
  'if-match',
  'regex',
] as const
export type Format = (typeof formats)[number]

export const kinds = [
  'string',
  'text',
  'long-text',
  'number',
  'int',
  'boolean',
  'date',
  'instant',
  'choice',
  'object',
  'record',
  'array',
  'null',
  'other',
] as const
export type Kind = (typeof kinds)[number]
