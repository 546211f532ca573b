import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { conflict, forbidden, invalid, type FieldError } from '../../domain/rejection.ts'
import { handlerError, holding, receiver } from '../common/assignees.ts'
import { personSchema, reasonSchema, shortText } from '../common/inputs.ts'
import { handler, openStages, takesPart, unresolvedStages } from './availability.ts'
import { defineCommand } from './command.ts'
import type { TicketEvent } from './events.ts'
import type { Helper, TicketState } from './state.ts'
import type { Transitions } from './transitions.ts'

/** 协作: one person has a ticket and answers for it; others help, each with a duty that is stated (S11). The owner decides, helpers work and write down. */

export const addHelper = defineCommand({
  name: 'add-helper',
  labels: said('添加协助人', '新增協助人', 'Add helper'),
  summary:
    'Has somebody help with the ticket, and says with what. Who has it goes on having it; who helps already gets the new duty. An absent person’s deputy helps instead.',
  requirements: ['S11', 'X8'],
  may: { ...handler, 'department-lead': 'any' },
  stages: unresolvedStages,
  input: () =>
    z.strictObject({
      helper: labelled(personSchema, said('协助人', '協助人', 'Helper'), { from: 'people.handlers' }),
      duty: labelled(shortText.describe('with what they help'), said('协助事项', '協助事項', 'Duty')),
    }),
  mentions: ({ helper }) => ({ people: [helper] }),
  blocked({ state: { assignee, helpers = [] } }) {
    if (assignee === null) return conflict('nobody-has-it')
    return helpers.length >= mostHelpers ? conflict('helpers-full', { limit: mostHelpers }) : undefined
  },
  decide({ state, act }, { helper: named, duty }) {
    const error = handlerError('helper', named, act.directory)
    if (error) return invalid(error)
    const { assignee: helper, insteadOf } = receiver(named, act.directory)
    if (helper === state.assignee) return invalid({ path: 'helper', code: 'same-person', params: holding({ assignee: helper, insteadOf }) })
    if (helperIn(state, helper)?.duty === duty) return invalid({ path: 'duty', code: 'nothing-to-change' })
    return [{ type: 'helper-added', helper, duty, insteadOf }]
  },
})

export const removeHelper = defineCommand({
  name: 'remove-helper',
  labels: said('移除协助人', '移除協助人', 'Remove helper'),
  summary: 'Says that somebody helps no more, and why. Who has the ticket does, and whoever leads; helpers take themselves out.',
  requirements: ['S11'],
  may: { ...takesPart, 'department-lead': 'any' },
  stages: openStages,
  input: () =>
    z.strictObject({
      helper: labelled(personSchema, said('协助人', '協助人', 'Helper'), { from: 'ticket.helpers' }),
      reason: reasonSchema.optional(),
    }),
  blocked: ({ state: { helpers = [] } }) => (helpers.length === 0 ? conflict('no-helper') : undefined),
  decide({ state, act: { actor } }, { helper, reason }) {
    const unknown = notHelping(state, helper)
    if (unknown) return invalid(unknown)
    const own = [actor.id, ...(actor.standsInFor ?? [])]
    const decides = leading.some((role) => actor.roles.includes(role)) || (state.assignee !== null && own.includes(state.assignee))
    if (!decides && !own.includes(helper)) {
      return forbidden('not-yours', { command: 'remove-helper', ...(state.assignee !== null && { holder: state.assignee }) })
    }
    return [{ type: 'helper-removed', helper, reason: reason ?? null }]
  },
})

/** Who takes out others whoever has the ticket. */
const leading = ['supervisor', 'department-lead', 'admin'] as const

/** More than work together on one ticket; the state carries each. */
const mostHelpers = 20

/** What somebody's help becomes when everything they have goes to another: theirs, unless they have the ticket or help already (X8). */
export function helpHandedOver(
  state: TicketState,
  from: string,
  to: { readonly assignee: string; readonly insteadOf: string | null; readonly reason: string },
): TicketEvent[] {
  const leaving = helperIn(state, from)
  if (!leaving) return []
  const { assignee: helper, insteadOf, reason } = to
  // Of two things that they have, the ticket itself counts.
  const isThere = helper === state.assignee || state.assignee === from || helperIn(state, helper) !== undefined
  return [
    { type: 'helper-removed', helper: from, reason },
    ...(isThere ? [] : [{ type: 'helper-added', helper, duty: leaving.duty, insteadOf } as const]),
  ]
}

/** What somebody helps with; undefined when they do not. */
export function helperIn({ helpers = [] }: Pick<TicketState, 'helpers'>, person: string): Helper | undefined {
  return helpers.find((one) => one.person === person)
}

/** The helpers but for one, who may be among them. */
export function without({ helpers }: Pick<TicketState, 'helpers'>, person: string | null): Pick<TicketState, 'helpers'> {
  return helpers?.some((one) => one.person === person) ? { helpers: helpers.filter((one) => one.person !== person) } : {}
}

function notHelping({ helpers = [] }: TicketState, given: string): FieldError | undefined {
  const choices = helpers.map(({ person }) => person)
  return choices.includes(given) ? undefined : { path: 'helper', code: 'not-a-choice', params: { choices } }
}

export const transitions: Transitions<'helper-added' | 'helper-removed'> = {
  'helper-added': (state, { helper: person, duty, at: since }) => ({
    helpers: [...(state.helpers ?? []).filter((one) => one.person !== person), { person, duty, since }],
  }),
  'helper-removed': (state, { helper }) => without(state, helper),
}
