import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common'
import { ApplicationFailure, proxyActivities, workflowInfo } from '@temporalio/workflow'
import type { ReportActivities } from '../../activities/reports.ts'
import { profileFired } from '../../domain/recurring/schedule-ids.ts'

/**
 * What the schedule of a profile starts: opens every report and assessment that is due and not yet made. It looks at all of that time, so whether a firing was
 * missed, came late or came twice makes no difference.
 */
export async function dueReports(): Promise<{ readonly opened: readonly string[] }> {
  const { openDueReports } = proxyActivities<ReportActivities>({
    // What is open already is passed over, so it is tried until it is done; with Postgres away, that takes as long as that is.
    // What was missed for a year is four hundred reports; that it is at it, it says every few seconds.
    startToCloseTimeout: '10 minutes',
    heartbeatTimeout: '20 seconds',
    retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
  })
  return { opened: await openDueReports({ profile: profileNamed(), upTo: scheduledAt() }) }
}

const scheduledStart = defineSearchAttributeKey('TemporalScheduledStartTime', SearchAttributeType.DATETIME)

function profileNamed(): string {
  const { workflowId } = workflowInfo()
  const profile = profileFired(workflowId)
  if (profile === undefined) throw ApplicationFailure.nonRetryable(`${workflowId} names no profile`, 'NoProfile')
  return profile
}

/** The instant for which the schedule started it: of a firing made up later, the one that was missed. */
function scheduledAt(): string {
  const { typedSearchAttributes, startTime } = workflowInfo()
  return (typedSearchAttributes.get(scheduledStart) ?? startTime).toISOString()
}
