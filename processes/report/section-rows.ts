import type { AskedBy } from '../../db/figures/asked.ts'
import { crossedThings } from '../../db/figures/crossed.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import { dimensionLabels } from '../../domain/figures/figure.ts'
import { said, type Labels, type Locale } from '../../domain/labels.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import type { ReportSection } from '../../domain/reports/sections.ts'
import { drivers } from '../ticket/figures/drivers.ts'
import { commentsOf } from './comments.ts'
import { drivenAnswersOf } from './drivers.ts'
import { mixedBy } from './equal-mix.ts'
import type { BehindFigure } from './rows.ts'
import type { Subject } from './sheet.ts'

/** Behind the sections that are more than figures: each answer with what had happened, each thing with its stratum, each comment. */

type Plan<K extends SectionPlan['kind']> = Extract<SectionPlan, { readonly kind: K }>

interface Behind extends Pick<Subject, 'db' | 'figures' | 'profile' | 'report'> {
  readonly asked: AskedBy
  readonly locale: Locale
}

/** Undefined for sections whose figures say it all, and for one that the profile plans no more. */
export async function rowsOfSection(behind: Behind, { id, heading }: ReportSection): Promise<BehindFigure | undefined> {
  const plan = behind.report.sections.find((one) => one.id === id)
  switch (plan?.kind) {
    case 'drivers':
      return { name: heading, ...(await ofDrivers(behind)) }
    case 'equal-mix':
      return { name: heading, ...(await ofEqualMix(behind, plan)) }
    case 'comments':
      return { name: heading, ...(await ofComments(behind, plan)) }
    default:
      return undefined
  }
}

type Rows = Omit<BehindFigure, 'name'>

async function ofDrivers({ db, report, asked: of }: Behind): Promise<Rows> {
  const answers = await drivenAnswersOf(db, of, report.only ?? {})
  return {
    figure: 'satisfaction',
    columns: [ticket, satisfied, ...drivers.map(({ yes }) => ({ label: asked(yes), form: 'count' as const }))],
    rows: answers.map((answer) => [answer.number, Number(answer.hit), ...drivers.map(({ id }) => Number(answer[id]))]),
  }
}

async function ofEqualMix(
  { db, figures, profile, report, asked: of, locale }: Behind,
  { figure: id, clock }: Plan<'equal-mix'>,
): Promise<Rows> {
  const figure = figures.find((one) => one.id === id)
  const where = { ...report.only, ...(clock !== undefined && { clock }) }
  const things = figure ? await crossedThings(db, figure, of, { by: mixedBy, where }) : []
  const names = await Promise.all(mixedBy.map((dimension) => namesOfParts(db, dimension, profile, [])))
  return {
    figure: id,
    columns: [ticket, isHit, ...mixedBy.map((dimension) => ({ label: dimensionLabels[dimension], form: 'text' as const }))],
    rows: things.map(({ number, hit, keys }) => [number, Number(hit), ...names.map((nameOf, at) => nameOf(keys[at] ?? null)[locale])]),
  }
}

async function ofComments(behind: Behind, plan: Plan<'comments'>): Promise<Rows> {
  const labels = new Map(plan.themes.map(({ id, label }) => [id, label[behind.locale]]))
  return {
    figure: 'satisfaction',
    columns: [
      ticket,
      { label: said('评价时间', '評價時間', 'Answered'), form: 'instant' },
      { label: said('满意度', '滿意度', 'Satisfaction'), form: 'count' },
      { label: said('主题', '主題', 'Themes'), form: 'text' },
      { label: said('客户意见', '客戶意見', 'What the customer said'), form: 'text' },
    ],
    rows: (await commentsOf(behind, plan)).map(({ number, at, score, themes, text }) => [
      number,
      at,
      score,
      themes.map((id) => labels.get(id) ?? id).join(behind.locale === 'en' ? ', ' : '、'),
      text,
    ]),
  }
}

function asked(yes: Labels): Labels {
  return said(`${yes['zh-CN']}（1：是，0：否）`, `${yes['zh-TW']}（1：是，0：否）`, `${yes.en} (1: yes, 0: no)`)
}

const ticket = { label: said('工单编号', '工單編號', 'Ticket'), form: 'text' } as const
const satisfied = { label: asked(said('满意', '滿意', 'Satisfied')), form: 'count' } as const
const isHit = { label: asked(said('是否达成', '是否達成', 'Hit')), form: 'count' } as const
