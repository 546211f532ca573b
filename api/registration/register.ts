import { skipSerials, takenInARow } from '../../db/intake.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { NewTicket } from '../../processes/ticket/form.ts'
import { clearTexts } from '../../domain/customer.ts'
import { instantOf, type Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { counterKey, renderNumber } from '../../domain/numbering.ts'
import type { Actor } from '../../domain/people.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import { begin } from '../../workflows/engine.ts'
import { startPromiseIn } from '../../workflows/ticket/clocks.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { isOnlyCustomer } from '../access/access.ts'
import { sealedContact } from '../../processes/ticket/sealing.ts'
import type { Context } from '../deps.ts'
import { fittingWithRest } from '../http/input.ts'
import type { AnswerOf, Told } from '../openapi/operation.ts'
import { registerTicket } from '../operations/tickets.ts'
import { problem } from '../problems/problem.ts'
import { promisesFor } from '../views/promise.ts'
import { checkedForm, examined, soundForm, submissionOf, type Form } from './form.ts'
import { similarTickets } from './similar.ts'
import { tellSentence } from './tell.ts'
import { registrationSchema } from '../operations/registration.ts'

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
  const { parsed: registration } = await fittingWithRest(registrationSchema, body, async (sent) => {
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
  const registered = registerTicket.answer.schema.parse(answer.body)
  alsoTrace({ number: registered.number })
  return { ticket: registered, replayed: answer.replayed }
}

/** What the caller is told of the ticket. */
interface Registered {
  readonly ticket: AnswerOf<typeof registerTicket>
  /** By an earlier attempt. */
  readonly replayed: boolean
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
    const { state, event, wakeAt } = begin(ticket.process, number, submissionOf(registration, form.fields), policy, {
      requestId: request.id,
      actor: registrar,
      at,
      directory: form.directory,
    })
    if (event.type !== 'submitted') throw new Error('the first event of a ticket is its submission')
    const body: Told<typeof registerTicket> = {
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
    const newTicket: NewTicket = {
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
    const taken = { of: ticket, request, number, form: newTicket, state, event, wakeAt, response }
    const intake = await context.takeIn(taken)
    if (intake.result === 'inserted') {
      context.starts.soon(taken, policy)
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
