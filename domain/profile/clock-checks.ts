import { isObject, itemsOf, memberOf, textsOf } from '../document/loose.ts'
import { durationMs } from '../instant.ts'
import { isNoticeKind, noticeKinds } from '../notices/kinds.ts'
import { isNothing, mostTimes, repeatForm } from './rungs.ts'
import { isAmong, isMoment, statingMoments } from './moments.ts'

/** What has to agree within a clock: a promise that could never end, a rung that could never speak or would speak to the wrong people. */
export function checkClock(clock: unknown, fault: (message: string, path: PropertyKey[], input?: unknown) => void): void {
  if (!isObject(clock)) return
  const starts = namesIn(clock, 'starts')
  const stops = namesIn(clock, 'stops')
  const within = memberOf(clock, 'within')
  if (stops.length > 0 && !stops.some((moment) => canFollow(moment, starts))) fault('never-stops', ['stops'], stops.join(', '))
  const stating = starts.filter((moment) => statingMoments.some((one) => one === moment))
  const from = memberOf(clock, 'from')
  if (within === undefined && from === undefined && starts.length > 0 && stating.length < starts.length) fault('no-target', ['within'])
  if (within !== undefined && stating.length > 0) fault('two-targets', ['within'])
  if (starts.includes('milestone-set') && starts.length > 1) fault('milestones-among', ['starts'], starts.join(', '))
  if (from !== undefined && stating.length > 0) fault('from-stated', ['from'])
  itemsOf(memberOf(clock, 'ladder')).forEach((rung, at) => {
    for (const [message, key, input] of rungFaults(rung, memberOf(clock, 'whenDue'), from !== undefined))
      fault(message, ['ladder', at, key], input)
    if (from === undefined || within !== undefined) return
    for (const key of ['at', 'every'] as const)
      if (isShare(memberOf(rung, key))) fault('share-of-nothing', ['ladder', at, key], memberOf(rung, key))
  })
}

type RungFault = readonly [message: string, key: string, input: unknown]

/** Of a promise that is due at the instant in a field there is no share. */
function isShare(offset: unknown): boolean {
  return typeof offset === 'string' && offset.endsWith('%') && !isNothing(offset)
}

/** `isAhead`: the target counts from an instant that may lie after the start. */
function rungFaults(rung: unknown, whenDue: unknown, isAhead: boolean): RungFault[] {
  const faults: RungFault[] = []
  const id = memberOf(rung, 'id')
  const every = memberOf(rung, 'every')
  const given = memberOf(rung, 'times')
  const times = isRepeated(given) ? given : 1
  const offset = levelOf(memberOf(rung, 'at'))
  if (times > 1 && every === undefined) faults.push(['times-alone', 'times', given])
  if (offset) {
    const interval = typeof every === 'string' && repeatForm.test(every) ? offsetOf(every) : undefined
    const ends = whenDue === 'lapse' || whenDue === 'close'
    const last = interval?.unit === offset.unit ? offset.size + (times - 1) * interval.size : offset.size
    if (ends && offset.size > 0) faults.push(['after-end', 'at', offset.text])
    else if (ends && times > 1 && (last > 0 || offset.size === 0)) faults.push(['repeats-after-end', 'every', every])
    // One that is repeated begins with the first time that lies ahead.
    const comparable = every === undefined || interval?.unit === offset.unit
    if (offset.unit === '%' && comparable && !isAhead && last <= -100) faults.push(['before-start', 'at', offset.text])
  }
  const to = textsOf(memberOf(rung, 'to')).map(([, role]) => role)
  const notice = memberOf(rung, 'notice')
  const audience =
    typeof notice === 'string' && isNoticeKind(notice) ? noticeKinds[notice].audience : notice === undefined ? 'staff' : undefined
  const toCustomer = to.includes('customer')
  // What colleagues are told is not for customers, nor the other way round.
  if (toCustomer && to.length > 1) faults.push(['wrong-audience', 'to', to.join(', ')])
  else if (toCustomer && audience === 'staff') faults.push(['notice-not-for-customers', 'notice', notice])
  else if (!toCustomer && to.length > 0 && audience === 'customer') faults.push(['notice-not-for-staff', 'notice', notice])
  if (id === 'due' || id === 'end') faults.push(['reserved-level', 'id', id])
  return faults
}

/** What the schema refuses as a number of times is told there: nothing follows from it. */
function isRepeated(times: unknown): times is number {
  return typeof times === 'number' && Number.isInteger(times) && times >= 1 && times <= mostTimes
}

/**
 * The rungs that lie at the start of the clock or before it under each of these targets, each with its place in the ladder. Only
 * targets in hours are compared: how many hours a day has is the calendar's to say.
 */
export function rungsBeforeStart(ladder: unknown, targets: readonly unknown[]): [at: number, text: string][] {
  const lengths = targets.flatMap((target) => offsetOf(target)?.size ?? [])
  if (lengths.length === 0 || lengths.length < targets.length) return []
  return itemsOf(ladder).flatMap((rung, at): [number, string][] => {
    const offset = levelOf(memberOf(rung, 'at'))
    const isOnce = memberOf(rung, 'every') === undefined
    return isOnce && offset?.unit === 'ms' && -offset.size >= Math.max(...lengths) ? [[at, offset.text]] : []
  })
}

interface Offset {
  readonly text: string
  readonly unit: '%' | 'ms'
  /** Of the target, or of milliseconds; less than nothing before the due instant. */
  readonly size: number
}

/** When a rung speaks. What says neither before nor after is told as such, and nothing is held against it. */
function levelOf(at: unknown): Offset | undefined {
  return typeof at === 'string' && (/^[+-]/.test(at) || isNothing(at)) ? offsetOf(at) : undefined
}

function offsetOf(text: unknown): Offset | undefined {
  const [, sign, share, duration] =
    typeof text === 'string' ? (/^([+-]?)(?:(\d{1,4})%|(PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?))$/.exec(text) ?? []) : []
  if (typeof text !== 'string' || sign === undefined) return undefined
  const size = share === undefined ? durationMs(duration ?? 'PT0S') : Number(share)
  return { text, unit: share === undefined ? 'ms' : '%', size: sign === '-' ? -size : size }
}

/** A ticket is submitted once; what also starts the clock only ever begins it anew. */
function canFollow(moment: string, starts: readonly string[]): boolean {
  return moment !== 'submitted' && !(isMoment(moment) ? isAmong(moment, starts.filter(isMoment)) : starts.includes(moment))
}

function namesIn(clock: unknown, key: string): string[] {
  return textsOf(memberOf(clock, key)).map(([, name]) => name)
}
