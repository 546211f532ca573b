import type { Kysely } from 'kysely'
import { registrationSchema } from '../../../api/operations/registration.ts'
import { latestCalendar } from '../../../db/calendars.ts'
import type { Keys } from '../../../db/contact-vault.ts'
import { takeEachSerial } from '../../../db/intake.ts'
import { latestProfile } from '../../../db/profiles.ts'
import type { RequestIdentity } from '../../../db/requests.ts'
import type { Database } from '../../../db/schema.ts'
import { checkCustomer, clearTexts, type Customer } from '../../../domain/customer.ts'
import { checkFields, fieldsAskedOf, type FieldValues } from '../../../domain/fields.ts'
import { instantOf } from '../../../domain/instant.ts'
import { counterKey, renderNumber } from '../../../domain/numbering.ts'
import type { Actor } from '../../../domain/people.ts'
import type { Policy } from '../../../domain/profile/policy.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import type { FieldError } from '../../../domain/rejection.ts'
import { takeIn } from '../../../processes/intake.ts'
import { calendarFor } from '../../../processes/policies.ts'
import { ticket as tickets } from '../../../processes/ticket/host.ts'
import { policyBy } from '../../../processes/ticket/policy.ts'
import { contactMarks, sealedContact } from '../../../processes/ticket/sealing.ts'
import { birth } from '../../../workflows/ticket/submission.ts'
import { historyMark, LivedTicket } from './lived-ticket.ts'
import { occasionOf, type Occasion } from './occasion.ts'
import type { Office } from './office.ts'
import { chanceOf } from './random.ts'
import type { Arrival, Season } from './season.ts'
import type { Birth, Told } from './simulate.ts'
import { standardLife } from './standard-life.ts'
import { techLife } from './tech-life.ts'
import { Telling } from './telling.ts'

/** How tickets of the history begin: their forms are checked and judged as the API does it, and they get their numbers. */

/** The profiles that it has tickets of. */
export const historyProfiles = ['tech-support', 'standard-ticket'] as const

export interface Registry {
  readonly db: Kysely<Database>
  readonly keys: Keys
  readonly office: Office
  readonly season: Season
  readonly seed: string
}

/** The profile, with the calendar that it counts by. */
export interface Rules {
  readonly profile: Profile
  readonly calendar: NonNullable<Awaited<ReturnType<typeof latestCalendar>>>
}

/** @throws Error that says what is not installed */
export async function rulesOf(db: Kysely<Database>, id: string): Promise<Rules> {
  const profile = await latestProfile(db, id)
  const calendar = profile && (await latestCalendar(db, profile.calendar))
  if (!profile || !calendar)
    throw new Error(`The profile ${id}, or the calendar that it counts by, is not installed here. Run: bihuan migrate`)
  return { profile, calendar }
}

/** One for each arrival. Numbers are taken from the counters in the order in which the customers came, beside whoever registers meanwhile. */
export async function birthsOf(registry: Registry, rules: ReadonlyMap<string, Rules>): Promise<Birth[]> {
  const arrivals = registry.season.arrivals.map((arrival) => {
    const rule = rules.get(arrival.profile)
    if (!rule) throw new Error(`no rules for ${arrival.profile}`)
    return { arrival, rule, pattern: { now: instantOf(arrival.at), zone: rule.profile.zone } }
  })
  const serials = await takeEachSerial(
    registry.db,
    arrivals.map(({ rule: { profile }, pattern }) => counterKey(profile.number.pattern, pattern.now, pattern.zone)),
  )
  return arrivals.map(({ arrival, rule, pattern }, at) => ({
    at: arrival.at,
    begin: () => begun(registry, rule, arrival, renderNumber(rule.profile.number.pattern, { ...pattern, serial: serials[at] ?? 0 })),
  }))
}

async function begun(registry: Registry, rule: Rules, arrival: Arrival, number: string): Promise<Told> {
  const { keys, office, season, seed } = registry
  const chance = chanceOf(seed, arrival.luck)
  const occasion = occasionOf(arrival, chance, rule.profile.zone)
  const { policy, customer, form, actor } = formOf(rule, occasion, office, arrival.at)
  const at = instantOf(arrival.at)
  const request = requestOf(number, actor, at)
  const { type: _, priority, channel, live } = occasion
  const beginning = birth.of({ priority, channel, live, fields: form.fields })
  const birthContext = { policy, act: { requestId: request.id, actor, at, directory: office.directory }, parent: null }
  const wrong = beginning.check(birthContext)
  if (wrong.length > 0) throw unfit(number, wrong)
  // Written with all that came after it (write.ts).
  const outcome = await takeIn(() => Promise.resolve({ result: 'inserted' }), [number], {
    host: tickets,
    request,
    beginning,
    birthContext,
    formUnder: () => ({
      profile: rule.profile.id,
      profileVersion: rule.profile.version,
      priorities: rule.profile.priorities.map(({ id }) => id),
      ...form,
      customer: clearTexts(customer),
      contact: sealedContact(keys, number, customer, contactMarks(keys, customer)),
    }),
    answer: ({ state }) => ({ status: 201, body: { number, stage: state.stage, version: state.version } }),
  })
  if (outcome.result !== 'inserted') throw new Error(`${number}: ${outcome.result}`)
  const { intake } = outcome
  const ticket = new LivedTicket({ number, state: intake.state, event: intake.event, policy }, office.directory)
  office.keep({ ticket, profile: rule.profile, customer: occasion.customer, submittedAt: arrival.at })
  const telling = new Telling({ ticket, occasion, chance, office, season, calendar: rule.calendar.calendar }, arrival.at)
  return { ticket, intake, telling, steps: rule.profile.id === 'tech-support' ? techLife(telling) : standardLife(telling) }
}

interface Form {
  readonly title: string
  readonly description: string
  readonly fields: FieldValues
  readonly keywords: readonly string[]
}

/** The form as it is taken down, checked by itself. */
function formOf(
  { profile, calendar }: Rules,
  occasion: Occasion,
  office: Office,
  at: number,
): { readonly policy: Policy; readonly customer: Customer; readonly form: Form; readonly actor: Actor } {
  const { type, priority, channel, live, title, description, keywords, registrar } = occasion
  const block = Object.fromEntries(Object.entries(occasion.customer).filter(([, value]) => value !== null))
  const sent = { profile: profile.id, type, priority, channel, live, title, description, customer: block, fields: occasion.fields }
  const registration = registrationSchema.parse({ ...sent, keywords: [...keywords] })
  const policy = policyBy(profile, type, calendarFor(profile, calendar, instantOf(at)))
  if (!policy) throw new Error(`the profile ${profile.id} has no type ${type}, of which the history has tickets`)
  const customer = checkCustomer(block)
  if (!customer.ok) throw unfit(title, customer.errors)
  const actor = office.actor(registrar)
  const fields = checkFields(registration.fields, fieldsAskedOf(actor, policy.type.fields), {
    requireAll: true,
    about: { type, priority, channel },
  })
  if (!fields.ok) throw unfit(title, fields.errors)
  return {
    policy,
    customer: customer.value,
    form: { title: registration.title, description: registration.description, fields: fields.value, keywords: registration.keywords },
    actor,
  }
}

/** What the rows know its registration by. Nobody sends it again, so nothing is made of what it said. */
function requestOf(number: string, { id: caller }: Actor, at: string): RequestIdentity {
  const id = `${historyMark}-${number}`
  return { id, caller, key: id, route: 'POST /api/tickets', bodyHash: '', ticket: null, createdAt: at }
}

function unfit(what: string, errors: readonly FieldError[]): Error {
  return new Error(`${what}: the form of the history is unfit for its profile: ${JSON.stringify(errors)}`)
}
