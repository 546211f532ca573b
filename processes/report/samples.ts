import { sql } from 'kysely'
import { z } from 'zod'
import { narrowingsTo, thenTable } from '../../db/figures/dimensions.ts'
import { namesOfParts } from '../../db/figures/names.ts'
import { maskedExcerpt } from '../../domain/contact/masked-text.ts'
import { dimensions } from '../../domain/figures/figure.ts'
import { said } from '../../domain/labels.ts'
import type { SectionPlan } from '../../domain/profile/reports.ts'
import { tallyOf } from '../../domain/samples/judgement.ts'
import { judgements } from '../ticket/figures/judged.ts'
import type { Sheet } from './sheet.ts'

/** Tickets that samples judged in the time of a report, the worst first, as far as was known: those of which the figures of samples tell. */

type Plan = Extract<SectionPlan, { readonly kind: 'samples' }>

/** Whoever reads a report wants the gist: all of it stands in the sample. */
const longestRemark = 300

export async function samplesSection({ db, asked, profile, report }: Sheet, { kind, sample, most }: Plan) {
  const { clock: _, ...only } = report.only ?? {}
  const needed = dimensions.filter((one) => Object.hasOwn(only, one))
  const ofKind = sample === undefined ? sql`true` : sql`kind = ${sample}`
  const { rows } = await sql<Row>`
    with judged as materialized (
      select sample, kind, targeted, ticket as number, judged_at as at, data,
        (select count(*) filter (where met)::float8 / nullif(count(met), 0)
          from jsonb_to_recordset(data -> 'answers') as answer (met boolean)) as share
      from ${judgements(asked)} where ${ofKind}),
    counted as materialized (select distinct number from judged), ${thenTable(needed, asked)},
    found as materialized (
      select judged.* from judged join (counted join "then" using (number)) using (number)
      where ${sql.join([sql`true`, ...narrowingsTo(only)], sql` and `)})
    select number, t.title, kind, targeted, at, found.data, (select count(*)::int from found) as total
    from found join tickets t using (number) order by share, at, number, sample limit ${most}`.execute(db)
  const criterionOf = await namesOfParts(db, 'criterion', profile, [])
  const kindOf = (id: string) => profile.samples?.find((one) => one.id === id)?.label ?? said(id, id, id)
  return {
    kind,
    total: rows[0]?.total ?? 0,
    rows: rows.map(({ number, title, kind: of, targeted, at, data }) => {
      const { answers, remark } = saidSchema.parse(data)
      return {
        ...{ number, title, sample: kindOf(of), named: targeted, at, ...tallyOf(answers) },
        unmet: answers.filter(({ met }) => met === false).map(({ criterion }) => criterionOf(criterion)),
        remark: remark === null ? null : maskedExcerpt(remark, longestRemark),
      }
    }),
  }
}

interface Row {
  readonly number: string
  readonly title: string
  readonly kind: string
  readonly targeted: boolean
  readonly at: string
  readonly data: object
  readonly total: number
}

const saidSchema = z.object({
  answers: z.array(z.object({ criterion: z.string(), met: z.boolean().nullable() })),
  remark: z.string().nullable(),
})
