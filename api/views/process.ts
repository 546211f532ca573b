import type { Head } from '../../db/schema.ts'
import type { Locale } from '../../domain/labels.ts'
import { stageLabel as labelOf, statusLabel, type ProcessStage } from '../../domain/stages.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Hosting } from '../../processes/hosting.ts'
import type { z } from 'zod'
import type { headSchema } from './process-schemas.ts'

type HeadView = z.output<typeof headSchema>

/** By what a process is shown: its type, the profile that it runs by, and the reader's language. */
interface Showing {
  readonly host: Hosting
  readonly profile: Profile
  readonly locale: Locale
}

/** A process as lists show it, whatever its type. People and teams by id. */
export function headView(head: Head, { host, profile: runs, locale }: Showing): HeadView {
  const { process } = host
  const { number, parent, profile, profileVersion, stage, open: isOpen, title, representative, requester, assignee, team } = head
  const { startedAt, nextDueAt, version } = head
  return {
    number,
    process: process.name,
    processLabel: process.labels[locale],
    parent,
    profile,
    profileVersion,
    stage,
    stageLabel: labelOf(stagesOf(host, runs), stage, locale),
    open: isOpen,
    title: host.titleOf?.(head, runs)[locale] ?? title,
    representative,
    requester,
    assignee,
    team,
    startedAt,
    nextDueAt,
    version,
  }
}

function stagesOf({ process, stagesIn }: Hosting, profile: Profile): readonly ProcessStage[] {
  return stagesIn?.(profile) ?? process.stages
}

/**
 * What of it its customer sees: where it stands, not who works on it nor by when. Member by member, as in ticket-for-customer.ts: one that is new
 * does not compile until somebody decides here; what they do not see keeps its place, empty.
 */
export function headForCustomer(head: Head, showing: Showing): HeadView {
  const { number, process, processLabel, parent, profile, profileVersion, stage, open, title, requester, startedAt, version } = headView(
    head,
    showing,
  )
  return {
    number,
    process,
    processLabel,
    parent,
    profile,
    profileVersion,
    stage,
    stageLabel: statusLabel(stagesOf(showing.host, showing.profile), stage, showing.locale),
    open,
    title,
    representative: null,
    requester,
    assignee: null,
    team: null,
    startedAt,
    nextDueAt: null,
    version,
  }
}

/** Ids of the people and teams that it names. */
export function idsIn({ representative, requester, assignee, team }: Head): string[] {
  return [representative, requester, assignee, team].filter((id) => id !== null)
}
