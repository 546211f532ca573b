import type { z } from 'zod'
import type { Undelivered } from '../../db/notice-list.ts'
import type { Ticket } from '../../db/tickets.ts'
import type { Locale } from '../../domain/labels.ts'
import { noticeLabel, type AnyNoticeKind } from '../../domain/notices/custom.ts'
import { colleaguesOn, reachPerson, reachRole, reachTeam, type Addressees } from '../../domain/notices/recipients.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import { withMilestones } from '../../domain/milestones.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { rolesOf } from '../../domain/profile/roles.ts'
import { stagesOf } from '../../domain/profile/stages.ts'
import { stageLabel, statusLabel } from '../../domain/stages.ts'
import { ticketDeadlines } from '../../domain/ticket-deadlines.ts'
import { noticeOf, rungOf } from '../../workflows/common/deadlines.ts'
import { clockOf } from '../../workflows/common/terms.ts'
import type { Deadline, Notice } from '../../workflows/process.ts'
import { outlook } from '../../workflows/ticket/outlook.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import { unwatched } from '../../workflows/ticket/unwatched.ts'
import type { outlookSchema } from './ticket-outlook-schemas.ts'
import { clockLabel, promiseView } from './promise.ts'
import { waitingView } from './ticket-view.ts'
import type { Unchanging } from '../../domain/unchanging.ts'
import { undeliveredView } from './ticket-undelivered.ts'
import { unwatchedView } from './ticket-unwatched.ts'

/** What a ticket is asked for its outlook beside itself. */
export interface Around {
  readonly policy: Policy
  readonly profile: Profile
  /** Whom notices reach as things are now. */
  readonly world: Addressees
  /** What did not reach the customer. */
  readonly undelivered: readonly Undelivered[]
  readonly locale: Locale
}

/** People and teams by id; their names are added by whoever answers. */
export type OutlookView = Omit<Unchanging<z.output<typeof outlookSchema>>, 'names'>

export function outlookView(ticket: Ticket, { policy, profile, world: everybody, undelivered, locale }: Around): OutlookView {
  const world = colleaguesOn(ticket, everybody)
  const stages = stagesOf(profile)
  const clocks = withMilestones(profile.clocks, ticket.state.milestones)
  const { holder, waiting, promises, next, steps } = outlook(ticket.state, policy)
  return {
    number: ticket.number,
    version: ticket.version,
    stage: ticket.stage,
    stageLabel: stageLabel(stages, ticket.stage, locale),
    customerStatus: statusLabel(stages, ticket.stage, locale),
    holder,
    waiting: waitingView(waiting),
    promises: promises.map((promise) => promiseView(promise, clocks, locale)),
    next: next.map((deadline) => ({
      ...deadline,
      label: clockLabel(deadline.clock, [...clocks, ...ticketDeadlines], locale),
      ...saying(deadline, { policy, profile, locale }),
      to: deadline.to.map((recipient) => ({
        ...recipient,
        label: labelOf(recipient, { world, profile, locale }),
        people: peopleOf(world, recipient, ticket.team),
      })),
    })),
    steps: [...steps, ...(undelivered.length > 0 && !steps.includes('contact') ? ['contact'] : [])].map((command) => ({
      command,
      label: ticketProcess.commands.find(({ name }) => name === command)?.labels[locale] ?? command,
    })),
    unwatched: unwatched(ticket.state, policy).map((one) => unwatchedView(one, locale)),
    undelivered: undelivered.map((notice) => undeliveredView(notice, profile, locale)),
  }
}

/** What they will hear, where it is a rung of a ladder that speaks. */
export function saying({ clock: id, level }: Deadline, { policy, profile, locale }: Pick<Around, 'policy' | 'profile' | 'locale'>): Saying {
  const clock = clockOf(policy, id)
  const rung = clock && rungOf(clock, level)
  if (!rung) return { notice: null, noticeLabel: null }
  const notice = noticeOf(rung)
  return { notice, noticeLabel: noticeLabel(profile, notice)[locale] }
}

interface Saying {
  readonly notice: AnyNoticeKind | null
  readonly noticeLabel: string | null
}

/** What a recipient is called: a place as the profile calls it, a person and a team by their names. */
function labelOf(recipient: Notice['recipient'], { world, profile, locale }: Pick<Around, 'world' | 'profile' | 'locale'>): string {
  const roles = rolesOf(profile)
  switch (recipient.kind) {
    case 'customer':
      return roles.customer[locale]
    case 'person':
      return world.people.get(recipient.id)?.name ?? recipient.id
    case 'team':
      return world.teams.get(recipient.id)?.labels[locale] ?? recipient.id
    case 'role':
      return roles[recipient.role][locale]
  }
}

/** Whom a notice would reach as things are now; of the customer nobody says so here. */
function peopleOf(world: Addressees, recipient: Notice['recipient'], ticketTeam: string): string[] {
  switch (recipient.kind) {
    case 'customer':
      return []
    case 'person':
      return idsOf(reachPerson(world, recipient.id, ticketTeam))
    case 'team':
      return idsOf(reachTeam(world, recipient.id))
    case 'role':
      return idsOf(reachRole(world, recipient.role, recipient.team))
  }
}

function idsOf(reached: { readonly to: readonly { readonly id: string }[] } | null): string[] {
  return reached?.to.map(({ id }) => id) ?? []
}
