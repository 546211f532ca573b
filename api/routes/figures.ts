import { profileIds, profileAsOf } from '../../db/profiles.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import { askedOf } from '../../db/figures/asked.ts'
import type { Figure } from '../../db/figures/figure.ts'
import { measure } from '../../db/figures/measure.ts'
import { dimensions, type Dimension, type Numbers, type Span } from '../../domain/figures/figure.ts'
import { seriesOf } from '../../domain/figures/series.ts'
import { fromWhen } from '../../domain/calendar/local-days.ts'
import { asOfAlike, isKept, spanBefore, spanOfYearBefore, spansUpTo } from '../../domain/figures/spans.ts'
import { nearest } from '../../domain/document/nearest.ts'
import { century, instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import type { Role } from '../../domain/people.ts'
import { forbidden } from '../../domain/rejection.ts'
import { createTurns } from '../../gateway/turns.ts'
import type { Context } from '../deps.ts'
import type { Caller } from '../http/env.ts'
import type { InputError } from '../messages/render.ts'
import { invalidInput, problem, rejected } from '../problems/problem.ts'
import { definitionView, numbersView } from '../views/figures.ts'
import * as operations from '../operations/figures.ts'
import { refuseUnknownNames } from './filters.ts'
import { reads, type App } from './serving.ts'

/** Figures on demand (Q7): each of any time, by the same functions that reports are made of. */
export function addFigures(app: App, context: Context): void {
  const { db, clock } = context
  const figures = context.processes.flatMap((host) => host.figures ?? [])
  const turns = createTurns(atOnce)

  reads(app, operations.listFigures, async ({ c, answer }) =>
    answer({ items: figures.map((figure) => ({ ...definitionView(figure, c.get('locale')), dimensions: [...figure.by] })) }),
  )

  reads(app, operations.readFigure, async ({ c, caller, params, query, answer }) => {
    refuseOthers(caller, query.splitBy, query.person)
    const figure = figureNamed(params.id)
    const now = instantOf(clock.now().getTime())
    const profile = await profileFor(query.profile, query.asOf ?? now)
    const span = { from: fromWhen(query.from, profile.zone), until: fromWhen(query.until, profile.zone), asOf: query.asOf ?? now }
    const where = Object.fromEntries(dimensions.flatMap((one) => (query[one] === undefined ? [] : [[one, query[one]]])))
    const errors = [...spanErrors(span, now), ...narrowingErrors(figure, query.splitBy, where)]
    if (errors.length > 0) throw invalidInput(errors)
    // A mistyped word counts nothing, and nothing looks like an answer.
    await refuseUnknownNames(db, { type: where.type, priority: where.priority, team: where.team, person: where.person })
    const by = query.splitBy ?? (figure.apart !== undefined && where[figure.apart] === undefined ? figure.apart : undefined)
    const isOne = figure.apart === undefined || where[figure.apart] !== undefined
    const locale = c.get('locale')
    const asked = await askedOf(db, profile, span)
    const of = ({ from, until }: Pick<Span, 'from' | 'until'>) =>
      inTurn(() =>
        measure(db, figure, { ...asked, from, until, asOf: figure.matures ? asOfAlike(span, { from, until }) : span.asOf }, { where }),
      )
    const totalOf = async (bounds: Pick<Span, 'from' | 'until'>) =>
      // Nothing was counted of a time of which nothing was kept: 0 would be an answer.
      query.compare === true && isOne && isKept(bounds, asked.oldest) ? numbersView(figure, (await of(bounds)).total, locale) : null
    const overTime = async (length: number) => {
      const spans = spansUpTo(span, profile.zone, length).filter((bounds) => bounds.from === span.from || isKept(bounds, asked.oldest))
      const totals: Numbers[] = []
      for (const bounds of spans) totals.push((await of(bounds)).total)
      return seriesOf(figure.kind, spans, totals)
    }
    const measured = await inTurn(() => measure(db, figure, asked, { by, where }))
    const nameOf = await namesOfParts(
      db,
      by,
      profile,
      measured.parts.flatMap(({ key }) => key ?? []),
    )
    return answer({
      ...definitionView(figure, locale),
      profile: profile.id,
      profileVersion: profile.version,
      calendar: asked.calendar.id,
      calendarVersion: asked.calendar.version,
      ...span,
      splitBy: by ?? null,
      total: isOne ? numbersView(figure, measured.total, locale) : null,
      before: await totalOf(spanBefore(span, profile.zone)),
      yearBefore: await totalOf(spanOfYearBefore(span, profile.zone)),
      series: query.series === undefined || !isOne ? null : await overTime(query.series),
      parts: measured.parts.map(({ key, ...numbers }) => ({ key, label: nameOf(key)[locale], ...numbersView(figure, numbers, locale) })),
    })
  })

  /** Reckoning looks at many rows: whoever acts meanwhile must find the database with time for them. @throws Trouble when too many wait */
  function inTurn<T>(reckon: () => Promise<T>): Promise<T> {
    return turns.take('figures', patienceMs, reckon)
  }

  function figureNamed(id: string): Figure {
    const figure = figures.find((one) => one.id === id)
    const ids = figures.map((one) => one.id)
    const meant = nearest(id, ids)
    if (!figure) throw problem('unknown-figure', { given: id, figures: ids, ...(meant !== undefined && { nearest: meant }) })
    return figure
  }

  async function profileFor(id: string, asOf: Instant): Promise<Profile> {
    const profile = await profileAsOf(db, id, asOf)
    if (profile) return profile
    throw invalidInput([{ path: 'profile', code: 'not-a-choice', params: { choices: await profileIds(db) } }])
  }
}

/** Statements at a time, of each API. */
const atOnce = 2
const patienceMs = 10_000

const readers: readonly Role[] = ['supervisor', 'department-lead', 'quality', 'admin', 'management']
/** Who may see how people do. */
const readersOfPeople: readonly Role[] = ['management']

/** Whoever leads may see figures, the management those of people, and everybody their own. */
function refuseOthers({ id, roles }: Caller, splitBy: Dimension | undefined, person: string | undefined): void {
  if (person === id && splitBy !== 'person') return
  const may = person !== undefined || splitBy === 'person' ? readersOfPeople : readers
  if (!may.some((role) => roles.includes(role))) throw rejected(forbidden('wrong-role', { roles: may }))
}

function spanErrors({ from, until, asOf }: Span, now: Instant): InputError[] {
  return [
    ...Object.entries({ from, until }).flatMap(([path, given]): InputError[] =>
      plus(now, `-${century}`) < given && given < plus(now, century) ? [] : [{ path, code: 'too-far', params: { given } }],
    ),
    ...(until > from ? [] : [{ path: 'until', code: 'before-from' } as const]),
    ...(asOf > now ? [{ path: 'asOf', code: 'not-over-yet', params: { given: asOf } } as const] : []),
  ]
}

function narrowingErrors(figure: Figure, by: Dimension | undefined, where: Readonly<Partial<Record<Dimension, string>>>): InputError[] {
  const { by: choices, apart } = figure
  const unfit = dimensions.filter((one) => where[one] !== undefined && !choices.includes(one))
  return [
    ...(by === undefined || choices.includes(by) ? [] : [{ path: 'splitBy', code: 'not-a-choice', params: { choices } } as const]),
    ...unfit.map((path) => ({ path, code: 'unknown-field' }) as const),
    // What is never added up is split by nothing else, unless it is one of them alone.
    ...(apart !== undefined && by !== undefined && by !== apart && where[apart] === undefined
      ? [{ path: apart, code: 'required' } as const]
      : []),
  ]
}
