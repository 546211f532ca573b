import type { Calendar } from '../../domain/calendar/schema.ts'
import { weekdays } from '../../domain/calendar/schema.ts'

/**
 * A clock as somebody would keep it with a watch and a sheet of paper, minute by minute: what a promise has used of its own
 * time, how much it has, and what is told about the past. It shares nothing with the product but the meaning of a profile, and
 * is slow. All times are minutes since the registration, which lies on a local midnight.
 */

export interface ModelRung {
  readonly id: string
  /** A share in percent of the target, or minutes, before (negative) or after the due instant. */
  readonly at: { readonly percent: number } | { readonly minutes: number }
  readonly every: { readonly percent: number } | { readonly minutes: number } | null
  readonly times: number
  /** Of which priorities it speaks; null: of all. */
  readonly only: readonly string[] | null
}

/** Minutes, or working days. */
export type ModelTarget = { readonly minutes: number } | { readonly days: number }

export interface ModelTerms {
  readonly target: ModelTarget | null
  readonly base: 'elapsed' | 'working'
}

export interface ModelClock {
  /** By priority; undefined: it makes no such promise. */
  readonly terms: Readonly<Record<string, ModelTerms | undefined>>
  readonly rungs: readonly ModelRung[]
  /** Rests while the ticket waits. */
  readonly rests: boolean
}

export interface Kept {
  cycle: number
  start: number
  due: number
  state: 'running' | 'paused' | 'kept' | 'broken' | 'cancelled'
  stopped: number | null
  late: boolean
}

interface Cycle extends Kept {
  terms: ModelTerms
  /** Own time it has, and of what its shares are. */
  whole: number
  length: number
  used: { elapsed: number; working: number }
  rested: { elapsed: number; working: number }
  stated: number | null
  /** Broken by a decision at this minute. */
  decided: number | null
  spoken: Map<string, number>
  levels?: readonly Level[] | undefined
  /** What is to speak at once. */
  pending: { id: string; time: number } | null
}

interface Level {
  readonly id: string
  readonly time: number
  readonly place: number
}

export interface Said {
  readonly cycle: number
  readonly level: string
  readonly minute: number
}

export class ModelWorld {
  now = 0
  priority: string
  readonly said: Said[] = []
  readonly broken: { cycle: number; minute: number; decided: boolean }[] = []
  readonly #clock: ModelClock
  #works: Uint8Array
  readonly #rests: { from: number; to: number | null }[] = []
  readonly #cycles: Cycle[] = []
  /** A start without a promise. */
  #begun: { start: number; stated: number | null; broken?: Cycle } | null = null

  constructor(clock: ModelClock, priority: string, calendar: Calendar, firstDay: string, days: number) {
    this.#clock = clock
    this.priority = priority
    this.#works = minutesOf(calendar, firstDay, days)
  }

  get newest(): Kept | undefined {
    return this.#cycles.at(-1)
  }

  get all(): readonly Kept[] {
    return this.#cycles
  }

  get waiting(): boolean {
    return this.#rests.at(-1)?.to === null
  }

  /** Time passes; what falls due at `minute` itself does so only at {@link wake}. */
  passTo(minute: number): void {
    for (; this.now < minute; this.now += 1) {
      this.wake()
      const cycle = this.#cycles.at(-1)
      if (cycle && cycle.stopped === null) this.#pass(cycle, this.now, this.#restsNow())
    }
  }

  /** What is due by now. */
  wake(): void {
    const cycle = this.#cycles.at(-1)
    if (cycle && cycle.stopped === null && !this.#restsNow()) this.#fallDue(cycle, this.now)
  }

  start(at: number, stated: number | null = null): void {
    if (this.#isOvertaken(at)) return
    const terms = this.#clock.terms[this.priority]
    if (!terms) {
      this.#begun = { start: at, stated }
      return
    }
    const before = this.#cycles.at(-1)
    if (before && before.stopped === null) this.#end(before, at, 'cancelled')
    this.#begun = null
    const cycle = this.#made(terms, at, stated)
    this.#cycles.push(cycle)
    // What lies behind takes its course.
    for (let minute = at; minute < this.now; minute += 1) {
      if (!this.#restedAt(minute)) this.#fallDue(cycle, minute)
      this.#pass(cycle, minute, this.#restedAt(minute))
    }
    if (this.#restsNow() && cycle.state === 'running') cycle.state = 'paused'
    this.#foresee(cycle)
  }

  /** The promised thing took place, or what makes it needless. `again`: it also begins the next cycle. */
  stop(at: number, how: 'kept' | 'cancelled' = 'kept', again = false): void {
    const newest = this.#cycles.at(-1)
    const before = this.#cycles.at(-2)
    const cycle = newest && at >= newest.start ? newest : before && at >= before.start ? before : undefined
    const overtaken = this.#isOvertaken(at)
    if (cycle && !(again && overtaken && !this.#nextHeld(cycle, at))) this.#end(cycle, at, how)
    if (this.#begun && at >= this.#begun.start) this.#begun = null
    if (again && !overtaken) this.start(at)
  }

  wait(): void {
    this.#rests.push({ from: this.now, to: null })
    const cycle = this.#cycles.at(-1)
    if (cycle && cycle.stopped === null && this.#clock.rests && cycle.state === 'running') cycle.state = 'paused'
  }

  resume(): void {
    const rest = this.#rests.at(-1)
    if (!rest) return
    rest.to = this.now
    const cycle = this.#cycles.at(-1)
    if (!cycle || cycle.stopped !== null) return
    if (this.#clock.rests)
      for (let minute = Math.max(rest.from, cycle.start); minute < this.now; minute += 1) this.#pass(cycle, minute, true)
    if (cycle.state === 'paused') cycle.state = 'running'
    this.#foresee(cycle)
  }

  change(priority: string): void {
    const before = this.#speaking()
    this.priority = priority
    const isOther = before !== this.#speaking()
    const terms = this.#clock.terms[priority]
    const cycle = this.#cycles.at(-1)
    if (cycle) cycle.levels = undefined
    if (cycle && cycle.stopped === null) {
      if (!terms) {
        const { start, stated } = cycle
        this.#begun = { start, stated, ...(cycle.state === 'broken' && { broken: { ...cycle } }) }
        this.#end(cycle, this.now, 'cancelled')
      } else if (cycle.state !== 'broken' && cycle.stated === null) {
        cycle.terms = terms
        this.#measure(cycle)
        this.#decide(cycle)
      } else if (isOther) this.#climb(cycle, 'at')
    } else if (terms && this.#begun?.broken) {
      // The same one is owed again, and was broken once.
      const again = { ...this.#begun.broken, levels: undefined, used: { elapsed: 0, working: 0 }, rested: { elapsed: 0, working: 0 } }
      this.#begun = null
      for (let minute = again.start; minute < this.now; minute += 1) this.#pass(again, minute, this.#restedAt(minute))
      this.#cycles.splice(-1, 1, again)
      this.#climb(again, 'at')
    } else if (terms && this.#begun) {
      const made = this.#made(terms, this.#begun.start, this.#begun.stated)
      this.#begun = null
      for (let minute = made.start; minute < this.now; minute += 1) this.#pass(made, minute, this.#restedAt(minute))
      this.#cycles.push(made)
      if (this.#restsNow()) made.state = 'paused'
      this.#decide(made)
    }
  }

  /** The rungs that speak as things are. */
  #speaking(): string {
    return this.#rungs()
      .map(({ id }) => id)
      .join(' ')
  }

  #rungs(): readonly ModelRung[] {
    return this.#clock.rungs.filter(({ only }) => only === null || only.includes(this.priority))
  }

  /** Another calendar, the same for every day up to this one. */
  recount(calendar: Calendar, firstDay: string, days: number): void {
    this.#works = minutesOf(calendar, firstDay, days)
    const cycle = this.#cycles.at(-1)
    if (!cycle || cycle.stopped !== null || cycle.stated !== null || cycle.terms.base === 'elapsed') return
    if (cycle.state !== 'broken') {
      this.#measure(cycle)
      this.#climb(cycle, 'before')
    }
    this.#foresee(cycle)
  }

  #isOvertaken(at: number): boolean {
    const newest = this.#cycles.at(-1)
    return (newest !== undefined && at < (newest.stopped ?? newest.start)) || (this.#begun !== null && at < this.#begun.start)
  }

  #made(terms: ModelTerms, start: number, stated: number | null): Cycle {
    const cycle: Cycle = {
      cycle: (this.#cycles.at(-1)?.cycle ?? 0) + 1,
      start,
      due: start,
      state: 'running',
      stopped: null,
      late: false,
      terms: stated === null ? terms : { target: null, base: 'elapsed' },
      whole: 0,
      length: 0,
      used: { elapsed: 0, working: 0 },
      rested: { elapsed: 0, working: 0 },
      stated,
      decided: null,
      spoken: new Map(),
      pending: null,
    }
    this.#measure(cycle)
    return cycle
  }

  /** How much own time it has, and of what its shares are. */
  #measure(cycle: Cycle): void {
    const { target, base } = cycle.terms
    cycle.levels = undefined
    if (cycle.stated !== null) cycle.whole = cycle.length = cycle.stated - cycle.start
    else if (target && 'minutes' in target) cycle.whole = cycle.length = target.minutes
    else if (target && base === 'elapsed') cycle.whole = cycle.length = target.days * 1440
    else if (target) {
      const today = Math.floor(cycle.start / 1440)
      let day = today
      for (let counted = 0; counted < target.days;) {
        day += 1
        if (this.#worked(day * 1440, (day + 1) * 1440) > 0) counted += 1
      }
      cycle.length = this.#worked((today + 1) * 1440, (day + 1) * 1440)
      cycle.whole = this.#worked(cycle.start, (today + 1) * 1440) + cycle.length
    }
  }

  #pass(cycle: Cycle, minute: number, rests: boolean): void {
    // A rest counts when it is over.
    if (rests && minute >= (this.#rests.find(({ to }) => to === null)?.from ?? Infinity)) return
    const into = rests ? cycle.rested : cycle.used
    into.elapsed += 1
    if (this.#works[minute]) into.working += 1
  }

  #fallDue(cycle: Cycle, minute: number): void {
    if (cycle.state === 'running' && this.#used(cycle) >= cycle.whole) {
      cycle.state = 'broken'
      cycle.due = minute
      this.broken.push({ cycle: cycle.cycle, minute, decided: false })
    }
    if (cycle.pending) this.#speak(cycle, cycle.pending.id, cycle.pending.time, minute)
    cycle.pending = null
    const places = this.#levels(cycle).filter((level) => level.place > 0 && level.place <= this.#used(cycle))
    for (const level of places) if (this.#isNext(cycle, level)) this.#speak(cycle, level.id, level.time, minute)
  }

  #speak(cycle: Cycle, id: string, time: number, minute: number): void {
    cycle.spoken.set(id, time)
    this.said.push({ cycle: cycle.cycle, level: this.#nameOf(id, time), minute })
  }

  #nameOf(id: string, time: number): string {
    const rung = this.#clock.rungs.find((one) => one.id === id)
    return rung?.times === 1 ? id : `${id}-${time}`
  }

  /** All levels, in the order of their places in own time. */
  #levels(cycle: Cycle): readonly Level[] {
    return (cycle.levels ??= this.#laidOut(cycle))
  }

  #laidOut(cycle: Cycle): readonly Level[] {
    const inOwn = (offset: ModelRung['at']) =>
      'percent' in offset ? Math.round((cycle.length * 60_000 * offset.percent) / 100) / 60_000 : offset.minutes
    return this.#rungs()
      .flatMap((rung) =>
        Array.from({ length: rung.times }, (_, at) => ({
          id: rung.id,
          time: at + 1,
          place: cycle.whole + inOwn(rung.at) + at * (rung.every ? inOwn(rung.every) : 0),
        })),
      )
      .toSorted((a, b) => a.place - b.place)
  }

  #isNext(cycle: Cycle, level: { id: string; time: number }): boolean {
    return level.time > (cycle.spoken.get(level.id) ?? 0) && !this.#skipped(cycle).has(`${level.id} ${level.time}`)
  }

  readonly #passedOver = new WeakMap<Cycle, Set<string>>()

  #skipped(cycle: Cycle): Set<string> {
    const known = this.#passedOver.get(cycle) ?? new Set<string>()
    this.#passedOver.set(cycle, known)
    return known
  }

  /** A decision: what has passed by the new terms is broken now, and of the ladder only the highest that has passed speaks. */
  #decide(cycle: Cycle): void {
    if (this.#used(cycle) >= cycle.whole) {
      cycle.state = 'broken'
      cycle.decided = this.now
      cycle.due = this.#when(cycle, cycle.whole)
      this.broken.push({ cycle: cycle.cycle, minute: this.now, decided: true })
    }
    this.#climb(cycle, 'at', 'with-warnings')
    this.#foresee(cycle)
  }

  /** Of what is broken already nobody is warned. */
  #climb(cycle: Cycle, passed: 'at' | 'before', warnings?: 'with-warnings'): void {
    const isBehind = (place: number) => {
      const used = this.#used(cycle)
      return place < used || (place === used && (passed === 'at' || this.#when(cycle, place) < this.now))
    }
    const levels = this.#levels(cycle).filter(({ place }) => place > 0)
    const behind = levels.filter(({ place }) => isBehind(place))
    const highest = behind.findLast(({ place }) => warnings !== undefined || cycle.state !== 'broken' || place >= cycle.whole)
    const skipped = this.#skipped(cycle)
    skipped.clear()
    for (const { id, time } of behind) skipped.add(`${id} ${time}`)
    cycle.pending = highest && highest.time > (cycle.spoken.get(highest.id) ?? 0) ? { id: highest.id, time: highest.time } : null
  }

  /** When that much of its own time is used up, by what it rested so far. */
  #when(cycle: Cycle, place: number): number {
    const { base } = cycle.terms
    const needed = place + cycle.rested[base]
    if (base === 'elapsed') return cycle.start + needed
    let minute = cycle.start
    for (let counted = 0; counted < needed; minute += 1) if (this.#works[minute]) counted += 1
    return minute
  }

  /** When it will be due if it goes on from now, or from where it began to rest. */
  #foresee(cycle: Cycle): void {
    if (cycle.state === 'broken') return
    const rest = this.#rests.at(-1)
    const rests = this.#clock.rests && rest?.to === null
    cycle.due = this.#onFrom(cycle, rests ? Math.max(rest.from, cycle.start) : this.now)
  }

  #onFrom(cycle: Cycle, from: number): number {
    let left = cycle.whole - this.#used(cycle)
    let minute = from
    for (; left > 0; minute += 1) if (cycle.terms.base === 'elapsed' || this.#works[minute]) left -= 1
    // Not yet noticed, since it fell due before this.
    return left < 0 ? this.#when(cycle, cycle.whole) : minute
  }

  #used({ used, terms }: Cycle): number {
    return used[terms.base]
  }

  /** Ends it where the thing took place; what had ended, if that is earlier. */
  #end(cycle: Cycle, at: number, how: 'kept' | 'cancelled'): void {
    if (cycle.stopped !== null && at >= cycle.stopped) return
    if (cycle.stopped === null && this.#restsNow()) {
      const from = Math.max(this.#rests.at(-1)?.from ?? this.now, cycle.start)
      if (cycle.state !== 'broken') cycle.due = this.#onFrom(cycle, Math.max(at, from))
      // It rested until then.
      for (let minute = from; minute < at; minute += 1) {
        cycle.rested.elapsed += 1
        if (this.#works[minute]) cycle.rested.working += 1
      }
    }
    const stamped = cycle.state === 'broken' || cycle.late
    const inTime = at <= cycle.due || (cycle.decided !== null && at <= cycle.decided)
    cycle.state = inTime ? how : 'broken'
    cycle.late = inTime && stamped
    cycle.stopped = at
  }

  /** Whether the cycle after it would have begun in time, had this one begun at `at`. */
  #nextHeld(cycle: Cycle, at: number): boolean {
    if (cycle.stopped === null || cycle.stated !== null) return false
    const again = this.#made(cycle.terms, at, null)
    again.rested = cycle.rested
    return cycle.stopped <= this.#when(again, again.whole)
  }

  #worked(from: number, to: number): number {
    let worked = 0
    for (let minute = from; minute < to; minute += 1) if (this.#works[minute]) worked += 1
    return worked
  }

  #restsNow(): boolean {
    return this.#clock.rests && this.waiting
  }

  #restedAt(minute: number): boolean {
    return this.#clock.rests && this.#rests.some(({ from, to }) => from <= minute && (to === null || minute < to))
  }
}

/** Of each minute whether it is worked: 1 or 0. */
function minutesOf({ week, days: other }: Calendar, firstDay: string, days: number): Uint8Array {
  const works = new Uint8Array(days * 1440)
  for (let day = 0; day < days; day += 1) {
    const date = new Date(Date.parse(`${firstDay}T00:00Z`) + day * 86_400_000)
    const name = weekdays[(date.getUTCDay() + 6) % 7] ?? 'mon'
    for (const span of other[date.toISOString().slice(0, 10)] ?? week[name]) {
      const [from = 0, to = 0] = span.split('-').map((time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)))
      works.fill(1, day * 1440 + from, day * 1440 + to)
    }
  }
  return works
}
