import {
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  type Client,
  type ScheduleDescription,
} from '@temporalio/client'
import type { Instant } from '../domain/instant.ts'
import type { TimeOfDay } from '../domain/recurring/hours.ts'
import { firingId, scheduleId } from '../domain/recurring/schedule-ids.ts'
import type { dueReports } from '../workflows/report/schedule.workflow.ts'
import { grpcCode, grpcCodeOf, troubleOf } from './grpc.ts'

/**
 * The schedules of reports: one a profile, in Temporal, so that supervisors see there when reports are made and can pause, trigger and fill in.
 * A schedule only says when somebody looks; what is due, and whether it is made, is found then.
 */
export interface ReportSchedules {
  /** Makes the schedule of a profile, or brings it to these times; paused it stays paused. */
  put(profile: string, when: ScheduledAt): Promise<void>
  /** Ends it; there may be none. */
  remove(profile: string): Promise<void>
  /** What Temporal says of it; undefined: there is none. */
  find(profile: string): Promise<ReportSchedule | undefined>
  pause(profile: string, note: string): Promise<boolean>
  resume(profile: string, note: string): Promise<boolean>
  /** Has it look now. */
  trigger(profile: string): Promise<boolean>
  /** Has it look as it would have at each of its times in `[from, until]`. */
  backfill(profile: string, span: { readonly from: Instant; readonly until: Instant }): Promise<boolean>
}

export interface ScheduledAt {
  readonly zone: string
  readonly times: readonly TimeOfDay[]
}

export interface ReportSchedule {
  readonly paused: boolean
  /** Why it is paused, or who resumed it. */
  readonly note: string | null
  /** When it looks next, soonest first. */
  readonly next: readonly Instant[]
  /** When it looked lately, oldest first. */
  readonly recent: readonly Instant[]
}

/** A run that Temporal could not begin is made up for within these days; what was missed longer, the next one finds. */
const catchUp = '7 days'

export function createReportSchedules(client: Client, taskQueue: string): ReportSchedules {
  const handleOf = (profile: string) => client.schedule.getHandle(scheduleId(profile))

  /** Whether there was one. @throws Trouble when Temporal is away */
  async function done(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return false
      throw troubleOf(error, 'temporal-away')
    }
  }

  async function described(profile: string): Promise<ScheduleDescription | undefined> {
    let found: ScheduleDescription | undefined
    await done(async () => {
      found = await handleOf(profile).describe()
    })
    return found
  }

  return {
    async put(profile, when) {
      const options = optionsOf(profile, when, taskQueue)
      const there = await described(profile)
      if (there) {
        if (isAt(there, when)) return
        await done(() =>
          handleOf(profile).update((previous) => ({ ...previous, spec: options.spec, action: options.action, policies: options.policies })),
        )
        return
      }
      try {
        await client.schedule.create({ ...options, scheduleId: scheduleId(profile) })
      } catch (error) {
        // Another worker was quicker.
        if (!(error instanceof ScheduleAlreadyRunning)) throw troubleOf(error, 'temporal-away')
      }
    },
    async remove(profile) {
      await done(() => handleOf(profile).delete())
    },
    async find(profile) {
      const there = await described(profile)
      return (
        there && {
          paused: there.state.paused,
          note: there.state.note || null,
          next: there.info.nextActionTimes.map((at) => at.toISOString()),
          recent: there.info.recentActions.map(({ scheduledAt }) => scheduledAt.toISOString()),
        }
      )
    },
    pause: (profile, note) => done(() => handleOf(profile).pause(note)),
    resume: (profile, note) => done(() => handleOf(profile).unpause(note)),
    trigger: (profile) => done(() => handleOf(profile).trigger(ScheduleOverlapPolicy.BUFFER_ONE)),
    backfill: (profile, { from, until }) =>
      done(() => handleOf(profile).backfill({ start: new Date(from), end: new Date(until), overlap: ScheduleOverlapPolicy.BUFFER_ALL })),
  }
}

/** Whether a server knows schedules at all: one that skips time does not. */
export function knowsNoSchedules(error: unknown): boolean {
  return (
    grpcCodeOf(error) === grpcCode.unimplemented || (error instanceof Error && error.cause !== undefined && knowsNoSchedules(error.cause))
  )
}

function optionsOf(profile: string, { zone, times }: ScheduledAt, taskQueue: string) {
  return {
    spec: { calendars: times.map((time) => ({ ...time, comment: commentOf(time) })), timezone: zone },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'dueReports' satisfies (typeof dueReports)['name'],
      // Nothing is sent: what is sealed opens for one workflow only, and each firing is another one, named by this and its time.
      workflowId: firingId(profile),
      taskQueue,
    },
    policies: { overlap: ScheduleOverlapPolicy.BUFFER_ONE, catchupWindow: catchUp },
  }
}

/** By which two schedules are told apart: Temporal gives times back in a form of its own. */
function commentOf({ hour, minute }: TimeOfDay): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

function isAt({ spec }: ScheduleDescription, { zone, times }: ScheduledAt): boolean {
  const there = (spec.calendars ?? []).map(({ comment }) => comment ?? '').toSorted()
  return spec.timezone === zone && JSON.stringify(there) === JSON.stringify(times.map(commentOf).toSorted())
}
