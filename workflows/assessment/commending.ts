import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict, forbidden, invalid, invalidIf, type Rejection } from '../../domain/rejection.ts'
import { staffError } from '../common/assignees.ts'
import { longText, numberSchema, personSchema, reasonSchema, shortText } from '../common/inputs.ts'
import { defineCommand, foundSchema, management, staff, type Deciding, type LookedUp } from './command.ts'
import type { AssessmentEvent } from './events.ts'
import { openCommendations, type AssessmentState, type NominationState } from './state.ts'

/** 表彰: colleagues nominate an innovative solution, the numbers propose outstanding people 优秀个人; the management decides on both. */

/** More would be read by nobody, and its process carries each. */
const mostNominations = 100

/** Who nominates more does not choose. */
const mostByOne = 5

const remarkSchema = labelled(shortText.optional().describe('what for'), said('备注', '備註', 'Remark'))
const nominationSchema = labelled(z.int().min(1).max(999).describe('number of the nomination'), said('提名', '提名', 'Nomination'))

const nominating = () =>
  z.strictObject({
    person: labelled(personSchema.describe('who found the solution'), said('被提名人', '受提名人', 'Person')),
    ticket: labelled(numberSchema.describe('number of the ticket that was solved'), said('工单编号', '工單編號', 'Ticket')),
    why: labelled(longText.describe('what is new about the solution'), said('提名理由', '提名理由', 'Why')),
  })

export const nominate = defineCommand<z.output<ReturnType<typeof nominating>> & LookedUp>({
  name: 'nominate',
  labels: said('提名创新方案', '提名創新方案', 'Nominate'),
  summary: 'Nominates a colleague for commendation, for an innovative solution. Whoever works here may; nobody nominates themselves.',
  requirements: ['R14'],
  may: staff,
  stages: ['draft', 'confirmed'],
  input: nominating,
  preparedInput: () => nominating().extend({ found: foundSchema }),
  mentions: ({ person }) => ({ people: [person] }),
  blocked({ state: { nominations }, act: { actor } }) {
    if (nominations.length >= mostNominations) return conflict('nominations-full', { limit: mostNominations })
    const own = nominations.filter(({ by }) => by === actor.id)
    return own.length < mostByOne ? undefined : conflict('nominations-used', { limit: mostByOne })
  },
  decide({ state, act }, { person, ticket, why, found }) {
    if (person === act.actor.id) return forbidden('own-nomination')
    const isThere = (one: NominationState) => one.by === act.actor.id && one.person === person && one.ticket === ticket
    if (state.nominations.some(isThere)) return conflict('nominated-already', { person, number: ticket })
    // A ticket that is their own as its customer they do not see as colleagues do.
    const isSeen = found['ticket'] !== undefined && found['ticket'] !== act.actor.id
    return (
      invalidIf(
        staffError('person', person, act.directory),
        isSeen ? undefined : { path: 'ticket', code: 'unknown-ticket', params: { number: ticket } },
        isSeen && found[worked] === undefined ? { path: 'ticket', code: 'never-in-hand', params: { person } } : undefined,
      ) ?? [{ type: 'nominated', nomination: state.nominations.length + 1, person, ticket, why }]
    )
  },
})

/** By what {@link LookedUp} says that the person had the ticket. */
export const worked = 'worked'

export const commend = defineCommand({
  name: 'commend',
  labels: said('表彰', '表揚', 'Commend'),
  summary: 'Commends who was nominated.',
  requirements: ['R14'],
  may: management,
  stages: ['draft', 'confirmed', 'final'],
  input: () => z.strictObject({ nomination: nominationSchema, remark: remarkSchema }),
  blocked: noneOpen,
  decide(context, { nomination: id, remark }) {
    const { nomination, refused } = openOf(context, id)
    if (refused) return refused
    const { person } = nomination
    return [{ type: 'commended', nomination: id, person, remark: remark ?? null }, ...closedBy(context, 1)]
  },
})

export const declineNomination = defineCommand({
  name: 'decline-nomination',
  labels: said('不予表彰', '不予表揚', 'Decline nomination'),
  summary: 'Declines a nomination, and says why.',
  requirements: ['R14'],
  may: management,
  stages: ['draft', 'confirmed', 'final'],
  input: () => z.strictObject({ nomination: nominationSchema, reason: reasonSchema }),
  blocked: noneOpen,
  decide(context, { nomination: id, reason }) {
    const { refused } = openOf(context, id)
    if (refused) return refused
    return [{ type: 'nomination-declined', nomination: id, reason }, ...closedBy(context, 1)]
  },
})

export const commendOutstanding = defineCommand({
  name: 'commend-outstanding',
  labels: said('评为优秀个人', '評為優秀個人', 'Commend outstanding'),
  summary: 'Commends somebody whom the scores propose as outstanding, once all of them are final.',
  requirements: ['R14'],
  may: management,
  stages: ['final'],
  input: () =>
    z.strictObject({
      person: labelled(personSchema.describe('who is proposed'), said('优秀个人', '優秀個人', 'Person')),
      remark: remarkSchema,
    }),
  blocked: ({ state }) => (waiting(state).length > 0 ? undefined : conflict('nothing-to-commend')),
  decide(context, { person, remark }) {
    const { state, act } = context
    const choices = waiting(state)
    if (state.proposed?.some((one) => one.person === person && one.isCommended) === true) return conflict('commended-already', { person })
    if (!choices.includes(person)) return invalid({ path: 'person', code: 'not-a-choice', params: { choices } })
    if (person === act.actor.id) return forbidden('own-score')
    return [{ type: 'outstanding-commended', person, remark: remark ?? null }, ...closedBy(context, 1)]
  },
})

function waiting({ proposed }: AssessmentState): string[] {
  return (proposed ?? []).filter(({ isCommended }) => !isCommended).map(({ person }) => person)
}

function noneOpen({ state }: Deciding): Rejection | undefined {
  return state.nominations.some((nomination) => nomination.state === 'open') ? undefined : conflict('nothing-to-commend')
}

/** The nomination on which the actor decides; or why they may not. Neither who is nominated decides, nor who nominated them. */
function openOf({ state: { nominations }, act: { actor } }: Deciding, id: number): Sought {
  const nomination = nominations.find((one) => one.id === id)
  if (!nomination) {
    const choices = nominations.filter(({ state }) => state === 'open').map((one) => `${one.id}`)
    return { refused: invalid({ path: 'nomination', code: 'no-such-entry', params: { given: id, choices } }) }
  }
  if (nomination.state !== 'open') {
    const command = nomination.state === 'commended' ? 'commend' : 'decline-nomination'
    return { refused: conflict('nomination-decided', { nomination: id, command }) }
  }
  if (nomination.person === actor.id) return { refused: forbidden('own-score') }
  if (nomination.by === actor.id) return { refused: forbidden('own-proposal') }
  return { refused: null, nomination }
}

type Sought =
  | { readonly refused: null; readonly nomination: NominationState }
  | { readonly refused: Rejection; readonly nomination?: undefined }

/** With the last commendation that is decided nothing is left to do, once it is known who is proposed. */
function closedBy({ state }: Deciding, decided: number): AssessmentEvent[] {
  const isLast = state.stage === 'final' && state.proposed !== null && openCommendations(state) === decided
  return isLast ? [{ type: 'closed' }] : []
}
