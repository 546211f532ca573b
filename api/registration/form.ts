import type { z } from 'zod'
import { calendarVersion } from '../../db/calendars.ts'
import { findPerson } from '../../db/people.ts'
import { checkCustomer, customerSchema, type Customer } from '../../domain/customer.ts'
import { memberOf } from '../../domain/document/loose.ts'
import { customerMarks, type CustomerMarks } from '../../db/customers/marks.ts'
import { checkFields, fieldsAskedOf } from '../../domain/fields.ts'
import { instantOf } from '../../domain/instant.ts'
import { isStaff, type Actor, type Directory } from '../../domain/people.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { calendarFor } from '../../processes/policies.ts'
import { policyBy } from '../../processes/ticket/policy.ts'
import { mentioned } from '../../workflows/common/mentions.ts'
import type { Fields } from '../../workflows/ticket/events.ts'
import { birth, mentionsIn, peopleErrors, wordErrors, type Submission } from '../../workflows/ticket/submission.ts'
import { isOnlyCustomer } from '../access/access.ts'
import { contactMarks, type ContactMarks } from '../../processes/ticket/sealing.ts'
import type { Context } from '../deps.ts'
import { registrationSchema, type Registration } from '../operations/registration.ts'
import { soundParts } from '../http/input.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput } from '../problems/problem.ts'
import { notInForce } from './in-force.ts'

/** As far as it is given. */
const partialForm = registrationSchema.partial()
type PartialForm = z.output<typeof partialForm>

export interface Form {
  readonly registration: Registration
  /** What the ticket begins with, still to be judged. */
  readonly beginning: ReturnType<typeof birth.of>
  readonly profile: Profile
  readonly policy: Policy
  readonly customer: Customer
  readonly marks: ContactMarks
  /** By what the directory knows them, beside. */
  readonly known: {
    readonly marks: CustomerMarks
    readonly externalId: string | null
    readonly login: string | null
    readonly internal: boolean
  }
  readonly fields: Fields
  readonly directory: Directory
  /** Who registers, as what they do it: as customer for themselves, or as staff for a customer. */
  readonly registrar: Actor
}

/** A form in which nothing is wrong by itself. Every fault at once, so that nobody has to send it five times (ADR 35). */
export async function checkedForm(context: Context, given: Registration, caller: Actor): Promise<Form> {
  const { errors, profile, policy, customer, fields, directory, registrar } = await examined(context, given, caller)
  const registration = isOnlyCustomer(registrar) ? withoutStaffParts(given) : given
  if (errors.length > 0 || !profile || !policy || !customer || !fields) throw invalidInput(errors)
  return {
    registration,
    beginning: birth.of(submissionOf(registration, fields)),
    profile,
    policy,
    customer,
    marks: contactMarks(context.keys, customer),
    known: knownAs(context, registration, customer, { registrar, caller }),
    fields,
    directory,
    registrar,
  }
}

/** By what the directory knows the customer. Whoever registers for themselves is known by their login, and is one of ours if they work here. */
function knownAs(
  { keys }: Context,
  { customer: given }: Registration,
  customer: Customer,
  { registrar, caller }: { readonly registrar: Actor; readonly caller: Actor },
): Form['known'] {
  const login = isOnlyCustomer(registrar) ? registrar.id : null
  const externalId = given?.externalId ?? null
  return {
    marks: customerMarks(keys, customer, { externalId, login }),
    ...{ externalId, login },
    internal: login === null ? (given?.internal ?? false) : isStaff(caller),
  }
}

/** What is wrong with a form, as far as it is given: nothing is held against an unknown profile or type but that. */
export async function examined(context: Context, given: PartialForm, caller: Actor): Promise<Examined> {
  const registrar = registrarOf(given, caller)
  const forSelf = isOnlyCustomer(registrar)
  const named = forSelf ? {} : given
  const [{ profile, policy, errors: unlisted }, directory, customer] = await Promise.all([
    chosen(context, given),
    context.directory(mentioned(mentionsIn(named))),
    forSelf ? ownEntry(context, registrar.id) : checkedCustomer(given.customer),
  ])
  const fields =
    policy &&
    checkFields(given.fields ?? {}, fieldsAskedOf(registrar, policy.type.fields), {
      requireAll: true,
      about: {
        type: policy.type.id,
        priority: given.priority ?? '',
        channel: given.channel ?? '',
        language: given.language ?? policy.language,
      },
    })
  const errors = [
    ...(forSelf ? staffPartsIn(given) : []),
    ...unlisted,
    ...(customer.ok ? [] : customer.errors),
    ...(profile ? wordErrors(given, { ...profile, channels: profile.channels.map(({ id }) => id) }) : []),
    ...peopleErrors({ assignee: named.assignee, representative: named.representative, team: named.team }, directory),
    ...(fields && !fields.ok ? fields.errors : []),
  ]
  return {
    errors,
    profile,
    policy,
    customer: customer.ok ? customer.value : undefined,
    fields: fields?.ok ? fields.value : undefined,
    directory,
    registrar,
  }
}

interface Examined extends Pick<Form, 'directory' | 'registrar'> {
  readonly errors: readonly (FieldError | InputError)[]
  readonly profile?: Profile | undefined
  readonly policy?: Policy | undefined
  readonly customer?: Customer | undefined
  readonly fields?: Fields | undefined
}

/** The profile and what it says of the type, as far as there are such. */
async function chosen(context: Context, { profile: id, type }: PartialForm): Promise<Chosen> {
  const { db, clock, profileOf, newest } = context
  if (id === undefined) return { errors: [] }
  const { profiles, calendars } = await newest()
  const { state, version } = profiles.get(id) ?? {}
  if (state !== 'current' || version === undefined) return { errors: [await notInForce(context, profiles, id)] }
  const profile = await profileOf({ profile: id, profileVersion: version })
  if (type === undefined) return { profile, errors: [] }
  const installed = await calendarVersion(db, profile.calendar, calendars.get(profile.calendar) ?? 0)
  const policy = policyBy(profile, type, calendarFor(profile, installed, instantOf(clock.now().getTime())))
  if (policy) return { profile, policy, errors: [] }
  return { profile, errors: [{ path: 'type', code: 'not-a-choice', params: { choices: profile.types.map((one) => one.id) } }] }
}

type Chosen = Pick<Examined, 'profile' | 'policy' | 'errors'>

/** The parts of a form that are sound by themselves, the customer's among them. */
export function soundForm(sent: unknown): PartialForm {
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

function submissionOf({ language, ...registration }: Registration, fields: Submission['fields']): Submission {
  const { priority, channel, live, representative, assignee, team } = registration
  return { priority, channel, live, fields, representative, assignee, team, ...(language && { language }) }
}
