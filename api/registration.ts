import { z } from 'zod'
import { calendarVersion } from '../db/calendars.ts'
import { skipSerials, takenInARow } from '../db/intake.ts'
import { findPerson } from '../db/people.ts'
import { listProfiles } from '../db/profiles.ts'
import type { RequestIdentity, StoredResponse } from '../db/requests.ts'
import type { NewTicket } from '../db/write-intakes.ts'
import { checkCustomer, clearTexts, customerSchema, type Customer } from '../domain/customer.ts'
import { memberOf } from '../domain/document/loose.ts'
import { checkFields, fieldsAskedOf } from '../domain/fields.ts'
import { instantOf, type Instant } from '../domain/instant.ts'
import type { Locale } from '../domain/labels.ts'
import { counterKey, renderNumber } from '../domain/numbering.ts'
import type { Actor, Directory } from '../domain/people.ts'
import type { Policy } from '../domain/profile/policy.ts'
import type { Profile } from '../domain/profile/schema.ts'
import type { FieldError } from '../domain/rejection.ts'
import { alsoTrace } from '../runtime/trace.ts'
import { startPromiseIn } from '../workflows/ticket/clocks.ts'
import type { Fields } from '../workflows/ticket/events.ts'
import { longText, personSchema, teamSchema, titleSchema, wordSchema } from '../workflows/ticket/inputs.ts'
import { nextDeadline } from '../workflows/engine.ts'
import { ticketNotices } from '../workflows/ticket/notices.ts'
import { ticketProcess } from '../workflows/ticket/process.ts'
import { checkSubmission, peopleErrors, submit, wordErrors, type Submission } from '../workflows/ticket/submission.ts'
import { isOnlyCustomer } from './access.ts'
import type { Context } from './deps.ts'
import { checkedWithRest, soundParts } from './input.ts'
import type { InputError } from './messages/render.ts'
import { invalidInput, problem } from './problem.ts'
import { contactMarks, sealedContact, type ContactMarks } from './sealing.ts'
import { calendarFor, policyBy } from './policies.ts'
import { similarTickets } from './similar.ts'
import { tellSentence } from './tell.ts'
import { promisesFor } from './views/promise.ts'
import { registeredSchema } from './views/schemas.ts'

/** The registration form (S2, S3, S5, S7, T2). What the profile lists is checked against the profile. */
export const registrationSchema = z.strictObject({
  profile: wordSchema.describe('id of an installed profile'),
  type: wordSchema.describe('type of the profile; brings its own fields'),
  priority: wordSchema.describe('priority of the profile, by its written criterion'),
  channel: wordSchema.describe('how the request came in'),
  customer: customerSchema
    .optional()
    .describe('whose ticket it is; customers leave it out: theirs are in the name and to the address under which they are known here'),
  title: titleSchema,
  description: longText.describe('what the customer reports'),
  fields: z.record(z.string(), z.unknown()).default({}).describe("the type's fields, by id"),
  keywords: z.array(wordSchema).max(20).default([]).describe('words to find the ticket by'),
  live: z.boolean().default(false).describe('the customer is on the line'),
  representative: personSchema.optional().describe('who keeps in touch with the customer; default: who registers'),
  assignee: personSchema.optional().describe('who gets it at once; default: the queue of the type'),
  team: teamSchema.optional().describe("whose queue it joins; default: the type's team"),
})
export type Registration = z.output<typeof registrationSchema>

/** As far as it is given. */
const partialForm = registrationSchema.partial()
type PartialForm = z.output<typeof partialForm>

export interface RegistrationRequest {
  readonly body: unknown
  readonly caller: Actor
  readonly key: string
  /** That the key was made up just now. */
  readonly unheard: boolean
  readonly locale: Locale
}

/**
 * Takes a ticket in: checks everything at once, gives it a number, writes it, and starts its workflow after the answer.
 * Temporal being away does not matter: the ticket is on record, its clocks count from now.
 */
export async function register(context: Context, { body, caller, key, unheard, locale }: RegistrationRequest): Promise<Registered> {
  const registration = await checkedWithRest(registrationSchema, body, async (sent) => {
    const form = await examined(context, soundForm(sent), caller)
    return form.errors
  })
  const posted = { caller: caller.id, key, route: 'POST /api/tickets', ticket: null, body, whole: true, unheard }
  // What the profile demands may have changed since: a repeated request gets its answer before that is asked again.
  const answer = await context.starts.behind(() =>
    context.once(posted, async (request) => {
      const form = await checkedForm(context, registration, caller)
      return context.limits.within(form.registrar, 'registrations', () => takenIn(context, { request, locale, ...form }))
    }),
  )
  const ticket = registeredSchema.parse(answer.body)
  alsoTrace({ number: ticket.number })
  return { ticket, replayed: answer.replayed }
}

/** What the caller is told of the ticket. */
interface Registered {
  readonly ticket: z.output<typeof registeredSchema>
  /** By an earlier attempt. */
  readonly replayed: boolean
}

interface Form {
  readonly registration: Registration
  readonly profile: Profile
  readonly policy: Policy
  readonly customer: Customer
  readonly marks: ContactMarks
  readonly fields: Fields
  readonly directory: Directory
  /** Who registers, as what they do it: as customer for themselves, or as staff for a customer. */
  readonly registrar: Actor
}

interface Received extends Form {
  readonly request: RequestIdentity
  readonly locale: Locale
}

/** A number is taken only where two profiles' patterns look alike, which is no longer installed; each attempt passes what is taken. */
const numbersTried = 20

async function takenIn(context: Context, form: Received): Promise<StoredResponse> {
  const { keys } = context
  const { request, registration, profile, policy, customer, marks, registrar, locale } = form
  const at = instantOf(context.clock.now().getTime())
  const similarOnes = similarTickets(context, marks, clearTexts(customer).account, registrar)
  for (let attempt = 1; attempt <= numbersTried; attempt += 1) {
    const [similar, { number, serial }] = await Promise.all([similarOnes, nextNumber(context, profile, at)])
    const { state, event } = submit(number, submissionOf(registration, form.fields), policy, {
      requestId: request.id,
      actor: registrar,
      at,
      directory: form.directory,
    })
    if (event.type !== 'submitted') throw new Error('the first event of a ticket is its submission')
    const body = {
      number,
      stage: state.stage,
      version: state.version,
      promises: promisesFor(state.promises, profile, { locale, asCustomer: isOnlyCustomer(registrar) }),
      tell: tellSentence({
        number,
        zone: profile.zone,
        startWithin: event.startWithin,
        startBy: startPromiseIn(state.promises)?.dueAt,
        locale,
      }),
      similar,
    }
    const ticket: NewTicket = {
      profile: profile.id,
      profileVersion: profile.version,
      priorities: profile.priorities.map(({ id }) => id),
      title: registration.title,
      description: registration.description,
      fields: form.fields,
      keywords: registration.keywords,
      customer: clearTexts(customer),
      contact: sealedContact(keys, number, customer, marks),
    }
    const response = { status: 201, body }
    const wakeAt = nextDeadline(ticketProcess, state, policy)?.dueAt ?? null
    const intake = await context.takeIn({ request, ticket, state, event, wakeAt, noticesOf: ticketNotices, response })
    if (intake.result === 'inserted') {
      context.starts.soon({ number, profile: profile.id, profileVersion: profile.version, state }, policy)
      return response
    }
    if (intake.result === 'already-done') return intake.response
    if (intake.result === 'key-taken') throw problem('key-reused', { key: request.key })
    await passTaken(context, profile, at, serial)
  }
  throw new Error(`${numbersTried} numbers in a row of profile ${profile.id} are taken`)
}

async function nextNumber({ takeSerial }: Context, { number, zone }: Profile, now: Instant): Promise<{ number: string; serial: number }> {
  const serial = await takeSerial(counterKey(number.pattern, now, zone))
  return { number: renderNumber(number.pattern, { now, zone, serial }), serial }
}

/** How far is looked at a time, for where another profile's numbers end. */
const passedAtOnce = 500

/** Counts on past numbers that are taken, so that the next attempt finds a free one. */
async function passTaken({ db }: Context, { number: { pattern }, zone }: Profile, now: Instant, serial: number): Promise<void> {
  const next = Array.from({ length: passedAtOnce }, (_, at) => renderNumber(pattern, { now, zone, serial: serial + 1 + at }))
  const taken = await takenInARow(db, next)
  if (taken > 0) await skipSerials(db, counterKey(pattern, now, zone), taken)
}

/** Every fault of the form at once, so that nobody has to send it five times (ADR 35). */
async function checkedForm(context: Context, given: Registration, caller: Actor): Promise<Form> {
  const { errors, profile, policy, customer, directory, registrar } = await examined(context, given, caller)
  const registration = isOnlyCustomer(registrar) ? withoutStaffParts(given) : given
  const submission = policy && checkSubmission(submissionOf(registration, registration.fields), policy, { actor: registrar, directory })
  if (errors.length > 0 || !profile || !policy || !customer || !submission?.ok) throw invalidInput(errors)
  return {
    registration,
    profile,
    policy,
    customer,
    marks: contactMarks(context.keys, customer),
    fields: submission.fields,
    directory,
    registrar,
  }
}

/** What is wrong with a form, as far as it is given: nothing is held against an unknown profile or type but that. */
async function examined(context: Context, given: PartialForm, caller: Actor): Promise<Examined> {
  const registrar = registrarOf(given, caller)
  const forSelf = isOnlyCustomer(registrar)
  const named = forSelf ? {} : given
  const [{ profile, policy, errors: unlisted }, directory, customer] = await Promise.all([
    chosen(context, given),
    context.directory({ people: present(named.assignee, named.representative), teams: present(named.team) }),
    forSelf ? ownEntry(context, registrar.id) : checkedCustomer(given.customer),
  ])
  const fields = policy && checkFields(given.fields ?? {}, fieldsAskedOf(registrar, policy.type.fields), { requireAll: true })
  const errors = [
    ...(forSelf ? staffPartsIn(given) : []),
    ...unlisted,
    ...(customer.ok ? [] : customer.errors),
    ...(profile ? wordErrors(given, { priorities: profile.priorities, channels: profile.channels.map(({ id }) => id) }) : []),
    ...peopleErrors({ assignee: named.assignee, representative: named.representative, team: named.team }, directory),
    ...(fields && !fields.ok ? fields.errors : []),
  ]
  return { errors, profile, policy, customer: customer.ok ? customer.value : undefined, directory, registrar }
}

interface Examined extends Pick<Form, 'directory' | 'registrar'> {
  readonly errors: readonly (FieldError | InputError)[]
  readonly profile?: Profile | undefined
  readonly policy?: Policy | undefined
  readonly customer?: Customer | undefined
}

/** The profile and what it says of the type, as far as there are such. */
async function chosen({ db, clock, profileOf, newest }: Context, { profile: id, type }: PartialForm): Promise<Chosen> {
  if (id === undefined) return { errors: [] }
  const { profiles, calendars } = await newest()
  const version = profiles.get(id)
  if (version === undefined) {
    const choices = (await listProfiles(db)).map(({ profile }) => profile.id)
    return { errors: [{ path: 'profile', code: 'not-a-choice', params: { choices } }] }
  }
  const profile = await profileOf({ profile: id, profileVersion: version })
  if (type === undefined) return { profile, errors: [] }
  const installed = await calendarVersion(db, profile.calendar, calendars.get(profile.calendar) ?? 0)
  const policy = policyBy(profile, type, calendarFor(profile, installed, instantOf(clock.now().getTime())))
  if (policy) return { profile, policy, errors: [] }
  return { profile, errors: [{ path: 'type', code: 'not-a-choice', params: { choices: profile.types.map((one) => one.id) } }] }
}

type Chosen = Pick<Examined, 'profile' | 'policy' | 'errors'>

/** The parts of a form that are sound by themselves, the customer's among them. */
function soundForm(sent: unknown): PartialForm {
  const { customer: _, ...sound } = soundParts(partialForm, sent)
  const customer = memberOf(sent, 'customer')
  return { ...sound, ...(customer !== undefined && { customer: soundParts(customerSchema, customer) }) }
}

/** Staff who are customers too register for themselves where they name no customer, and then nothing but as one. */
function registrarOf({ customer }: PartialForm, { id, roles, teams }: Actor): Actor {
  const staffOnly = roles.filter((role) => role !== 'customer')
  const forSelf = staffOnly.length === 0 || (customer === undefined && staffOnly.length < roles.length)
  return forSelf ? { id, roles: ['customer'], teams: [] } : { id, roles: staffOnly, teams }
}

const staffParts = ['representative', 'assignee', 'team'] as const

/** What of the form a customer has no say in. What they give there all the same is not looked up: they would hear of who works here. */
function staffPartsIn(given: PartialForm): InputError[] {
  const named = staffParts.filter((path) => given[path] !== undefined)
  return [
    ...(given.customer === undefined ? [] : [{ path: 'customer', code: 'own-identity' as const }]),
    ...[...named, ...(given.live ? ['live'] : [])].map((path) => ({ path, code: 'staff-only' as const })),
  ]
}

function withoutStaffParts({ representative: _, assignee: __, team: ___, ...registration }: Registration): Registration {
  return { ...registration, live: false }
}

function checkedCustomer(given: Registration['customer']): CheckedCustomer {
  return given === undefined ? { ok: false, errors: [{ path: 'customer', code: 'required' }] } : checkCustomer(given)
}

/** Who a customer is and where they are written to: as they are known here, never as they say (ADR 31). */
async function ownEntry({ db }: Context, id: string): Promise<CheckedCustomer> {
  const person = await findPerson(db, id)
  if (!person?.email) return { ok: false, errors: [{ path: 'customer', code: 'own-address-missing' }] }
  return checkCustomer({ name: person.name, account: person.id, email: person.email })
}

type CheckedCustomer =
  | { readonly ok: true; readonly value: Customer }
  | { readonly ok: false; readonly errors: readonly (FieldError | InputError)[] }

function submissionOf({ priority, channel, live, representative, assignee, team }: Registration, fields: Submission['fields']): Submission {
  return { priority, channel, live, fields, representative, assignee, team }
}

function present(...ids: readonly (string | undefined)[]): string[] {
  return ids.filter((id) => id !== undefined)
}
