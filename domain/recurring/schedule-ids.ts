/**
 * What the schedule of a profile's reports, and what it starts, are called in Temporal. Temporal puts the time of a firing behind the id of the
 * workflow: `reports-due:tech-support-2026-11-30T01:02:00Z`.
 */

export function scheduleId(profile: string): string {
  return `reports:${profile}`
}

export function firingId(profile: string): string {
  return `${firing}${profile}`
}

/** The id of all firings of one schedule; any other id as it is. */
export function withoutFiringTime(workflowId: string): string {
  return workflowId.replace(fired, '$1')
}

/** The profile whose schedule started that workflow, or that was started by hand under the id without a time; undefined: none did. */
export function profileFired(workflowId: string): string | undefined {
  const id = withoutFiringTime(workflowId)
  return id.startsWith(firing) && id.length > firing.length ? id.slice(firing.length) : undefined
}

const firing = 'reports-due:'
const fired = /^(reports-due:[a-z0-9-]+?)-\d{4}-\d{2}-\d{2}T[\d:.]+Z$/
