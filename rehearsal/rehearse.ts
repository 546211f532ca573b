import { calendarFrom } from '../domain/calendar/working-time.ts'
import type { Calendar } from '../domain/calendar/schema.ts'
import { checkFields } from '../domain/fields.ts'
import type { Instant } from '../domain/instant.ts'
import { plus } from '../domain/instant.ts'
import type { Labels, Locale } from '../domain/labels.ts'
import { renderNumber } from '../domain/numbering.ts'
import { languageFor } from '../domain/profile/languages.ts'
import { decidingFields, policyFor, type Policy } from '../domain/profile/policy.ts'
import { routedTeams } from '../domain/profile/routing.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { choiceError, type FieldError } from '../domain/rejection.ts'
import { outlook } from '../workflows/ticket/outlook.ts'
import type { Act, Imagined } from './asked.ts'
import { createBook } from './book.ts'
import { createLife, type TimedAct } from './life.ts'
import { isSkipped, momentAfter, momentIn, withInstants } from './moments.ts'
import { registered } from './registered.ts'
import type { Rehearsal } from './result.ts'

/**
 * A profile is rehearsed before it is installed (X12): an imagined ticket lives by it, with the functions by which real tickets live, and
 * everything is told that would come of it. Reads no clock and does no I/O.
 */

export interface Rehearsing {
  /** Resolved, as it would be installed. */
  readonly profile: Profile
  readonly calendar: { readonly version: number; readonly calendar: Calendar }
  readonly ticket: Imagined
  readonly story: readonly Act[]
  /** Of the mails; default: the profile's. */
  readonly language?: Locale | undefined
  /** What teams are called, where that is known. */
  readonly teams?: Readonly<Record<string, Labels>>
  /** Lets others have a turn, where others wait. */
  readonly pause?: () => Promise<void>
}

export type Rehearsed =
  | { readonly ok: true; readonly rehearsal: Rehearsal }
  /** Paths begin with `ticket.` or `story[0].`. */
  | { readonly ok: false; readonly errors: readonly FieldError[] }

/** How far is looked when nobody acts any more. */
const furthest = 'P366D'

export async function rehearse(rehearsing: Rehearsing): Promise<Rehearsed> {
  const { profile, ticket, story, pause = () => Promise.resolve() } = rehearsing
  const { zone } = profile
  const language = languageFor(profile, rehearsing.language)
  const at = momentIn(ticket.at, zone)
  const unknown = [
    choiceError('ticket.type', ticket.type, ids(profile.types)),
    ...[
      choiceError('ticket.priority', ticket.priority ?? profile.priorities[0]?.id ?? '', ids(profile.priorities)),
      choiceError('ticket.channel', ticket.channel ?? profile.channels[0]?.id ?? '', ids(profile.channels)),
    ],
    ...ticket.tags.map((tag, nth) => choiceError(`ticket.tags[${nth}]`, tag, ids(profile.customerTags))),
  ].filter((error) => error !== undefined)
  if (at === undefined || unknown.length > 0)
    return {
      ok: false,
      errors: [...unknown, ...formErrors(rehearsing), ...(at === undefined ? [noMoment('ticket.at', ticket.at, zone)] : [])],
    }
  const timed = timedActs(story, at, zone)
  if (!timed.ok) return timed
  const policy = policyAt(rehearsing, at)
  const number = renderNumber(profile.number.pattern, { now: at, zone, serial: 1 })
  const teams = routedTeams(profile)
  const begun = registered({ ticket, policy, deciding: decidingFields(profile), number, at, teams, language })
  if (!begun.ok) return { ok: false, errors: begun.errors.map(({ path, ...error }) => ({ ...error, path: `ticket.${path}` })) }

  const book = createBook()
  const life = createLife({
    ...begun,
    profile,
    policy,
    number,
    teams,
    language,
    ticket,
    book,
    story,
    labels: rehearsing.teams ?? {},
    pause,
  })
  await life.register()
  for (const act of timed.acts) {
    await life.passTo(act.at, 'before')
    await life.perform(act)
  }
  const last = timed.acts.at(-1)?.at ?? at
  await life.passTo(plus(last, furthest), 'at')
  const { state, now } = life
  const { id, version } = profile
  return {
    ok: true,
    rehearsal: {
      ticket: {
        ...{ number, profile: { id, version }, type: ticket.type, priority: begun.submission.priority, channel: begun.submission.channel },
        ...{ team: begun.team, registeredAt: at, by: ticket.by, filled: begun.filled },
      },
      zone,
      language,
      timeline: life.timeline(),
      promises: book.promises(state, life.policy),
      end: {
        at: now,
        stage: state.stage,
        because: life.hasEnded ? 'ended' : life.nextAt === undefined && !life.isTooMuch ? 'nothing-ahead' : 'looked-no-further',
        next: life.nextAt ?? null,
        steps: life.hasEnded ? [] : outlook(state, life.policy).steps,
      },
    },
  }
}

function ids(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id)
}

function policyAt({ profile, calendar, ticket }: Rehearsing, at: Instant): Policy {
  const policy = policyFor(profile, ticket.type, { version: calendar.version, calendar: calendarFrom(calendar.calendar, at) })
  if (!policy) throw new Error(`profile ${profile.id} was not checked for the type ${ticket.type}`)
  return policy
}

function timedActs(
  story: readonly Act[],
  registeredAt: Instant,
  zone: string,
): { readonly ok: true; readonly acts: readonly TimedAct[] } | { readonly ok: false; readonly errors: readonly FieldError[] } {
  const acts: TimedAct[] = []
  const errors: FieldError[] = []
  let before = registeredAt
  story.forEach((act, nth) => {
    const path = `story[${nth}].at`
    const at = momentAfter(act.at, before, zone)
    if (at === undefined) errors.push(noMoment(path, act.at, zone))
    else if (at < before) errors.push({ path, code: 'too-early', params: { given: at, earliest: before } })
    else {
      acts.push({ ...act, at, nth })
      before = at
    }
  })
  const farthest = plus(registeredAt, furthestAct)
  const late = acts.filter(({ at }) => at > farthest)
  errors.push(...late.map(({ nth }): FieldError => ({ path: `story[${nth}].at`, code: 'too-far' })))
  return errors.length === 0 ? { ok: true, acts } : { ok: false, errors }
}

/** A story of ten years is a slip of the keys. */
const furthestAct = 'P3653D'

function noMoment(path: string, given: string, zone: string): FieldError {
  return { path, code: 'wrong-format', params: { expected: isSkipped(given, zone) ? 'shown-moment' : 'moment' } }
}

/** What is wrong with the values of the form as far as the type is known: else only that no type has such a field. */
function formErrors({ profile, ticket }: Rehearsing): FieldError[] {
  const type = profile.types.find(({ id }) => id === ticket.type)
  const fields = type?.fields ?? profile.types.flatMap((one) => one.fields)
  const checked = checkFields(withInstants(ticket.fields, profile.zone), fields, { requireAll: false })
  if (checked.ok) return []
  return checked.errors.flatMap(({ path, ...error }) =>
    type || error.code === 'unknown-field' ? [{ ...error, path: `ticket.${path}` }] : [],
  )
}
