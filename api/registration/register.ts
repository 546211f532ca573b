import { entryOfTicket } from '../../db/customers/intake.ts'
import type { RequestIdentity, StoredResponse } from '../../db/requests.ts'
import type { NewTicket } from '../../processes/ticket/form.ts'
import { clearTexts } from '../../domain/customer.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { counterKey, renderNumber } from '../../domain/numbering.ts'
import type { Actor } from '../../domain/people.ts'
import { countedNumbers } from '../../processes/intake.ts'
import { alsoTrace } from '../../runtime/trace.ts'
import { startPromiseIn } from '../../workflows/ticket/clocks.ts'
import { ticket } from '../../processes/ticket/host.ts'
import { isOnlyCustomer } from '../access/access.ts'
import { sealedContact } from '../../processes/ticket/sealing.ts'
import type { Context } from '../deps.ts'
import { invalidInput } from '../problems/problem.ts'
import { fittingWithRest } from '../http/input.ts'
import type { AnswerOf, Told } from '../openapi/operation.ts'
import { registerTicket } from '../operations/tickets.ts'
import { promisesFor } from '../views/ticket-customer-clocks.ts'
import { checkedForm, examined, soundForm, type Form } from './form.ts'
import { similarTickets } from './similar.ts'
import { takeInAndStart } from './take-in-and-start.ts'
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
      return context.limits.within(form.registrar, 'registrations', () => takeInTicket(context, { request, locale, ...form }))
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

async function takeInTicket(context: Context, form: Received): Promise<StoredResponse> {
  const { keys } = context
  const { request, registration, beginning, profile, policy, customer, marks, known, registrar, directory, locale } = form
  const { number: numbers, zone } = profile
  const at = instantOf(context.clock.now().getTime())
  const birthContext = { policy, act: { requestId: request.id, actor: registrar, at, directory }, parent: null }
  const errors = beginning.check(birthContext)
  if (errors.length > 0) throw invalidInput(errors)
  const similarOnes = similarTickets(context, marks, clearTexts(customer).account, registrar)
  // Should nobody come to wait for it, since there is no number, what became of it concerns nobody.
  similarOnes.catch(() => undefined)
  const entry = await context.entryFor(known.marks.identity)
  const counted = countedNumbers(context, counterKey(numbers.pattern, at, zone), (serial) =>
    renderNumber(numbers.pattern, { now: at, zone, serial }),
  )
  return takeInAndStart(context, counted, {
    host: ticket,
    request,
    beginning,
    birthContext,
    formUnder: (number): NewTicket => ({
      profile: profile.id,
      profileVersion: profile.version,
      priorities: profile.priorities.map(({ id }) => id),
      title: registration.title,
      description: registration.description,
      fields: form.fields,
      keywords: registration.keywords,
      customer: clearTexts(customer),
      contact: sealedContact(keys, number, customer, marks),
      entry: entryOfTicket(keys, number, { ...known, customer, at }, entry),
    }),
    async answer({ number, state, first }) {
      const body: Told<typeof registerTicket> = {
        number,
        stage: state.stage,
        version: state.version,
        promises: promisesFor(state.promises, profile, { locale, asCustomer: isOnlyCustomer(registrar) }),
        tell: tellSentence({ number, zone, startWithin: first.startWithin, startBy: startPromiseIn(state.promises)?.dueAt, locale }),
        similar: await similarOnes,
      }
      return { status: 201, body }
    },
  })
}
