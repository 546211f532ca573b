import { describe, expect, it } from 'vitest'
import { highlightsOf } from '../../../processes/report/highlights.ts'
import { suggestionsOf, type Figures } from '../../../processes/report/suggestions.ts'
import type { FigureId } from '../../../domain/figures/ids.ts'
import type { FigurePart, Numbers } from '../../../domain/figures/figure.ts'
import { locales, said } from '../../../domain/labels.ts'
import { samplesSchema } from '../../../domain/profile/samples.ts'
import { techSupport } from '../../support/tickets.ts'

/** What a report says of its numbers in words: in its mail and at its head, and what they suggest. */

type Given = Readonly<Partial<Record<'n' | 'hits', number>>> & { readonly marks?: Numbers['marks'] }
interface Told {
  readonly total?: Given
  readonly parts?: Readonly<Record<string, Given>>
  /** In the period before. */
  readonly before?: Given
}

function numbers({ n = 0, hits, marks = {} }: Given = {}): Numbers {
  return { n, hits: hits ?? null, elapsed: null, worked: null, marks }
}

const samples = samplesSchema.parse([
  {
    ...{ id: 'calls', label: said('通话抽检', '通話抽檢', 'Calls'), by: ['quality'], judgeWithin: 'P2D', size: { usual: 5, most: 10 } },
    criteria: [{ id: 'greeting', kind: 'yes-no', label: said('开场问候', '開場問候', 'Greeting') }],
  },
])

/** Figures by these numbers; whatever is not said came to nothing. */
function figures(told: Readonly<Partial<Record<FigureId, Told>>>): Figures {
  const before = { from: '2026-09-01T00:00:00.000Z', until: '2026-10-01T00:00:00.000Z' }
  return {
    profile: { ...techSupport, samples },
    before,
    measured: async (id, _, bounds) => {
      const { total, parts = {}, before: then } = told[id] ?? {}
      const split = Object.entries(parts).map(([key, part]): FigurePart => ({ key, ...numbers(part) }))
      return { total: numbers(bounds === before ? then : total), parts: split }
    },
  }
}

const kept = (parts: NonNullable<Told['parts']>) => ({ attainment: { parts } })
const english = async (told: Parameters<typeof figures>[0]) => (await highlightsOf(figures(told), false)).map(({ en }) => en)
const promises = async (parts: NonNullable<Told['parts']>) => (await english(kept(parts)))[1]

describe('T17, R13: the sentences that matter', () => {
  it('say what came and went, and how satisfied customers were', async () => {
    const some = { submitted: { total: { n: 1234 } }, closed: { total: { n: 1200 } }, backlog: { total: { n: 34 } } }
    expect(await english({ ...some, satisfaction: { total: { n: 40, hits: 37 } } })).toEqual([
      '1,234 tickets came, 1,200 were closed, and 34 are open.',
      'No promise was due in this period.',
      '92.5% of 40 customers who answered are satisfied.',
    ])
    expect(await english(some)).toContain('No customer said how satisfied they are.')
    expect((await highlightsOf(figures({}), true)).map(({ en }) => en)).toEqual(['No ticket came in this period, and none is open.'])
  })

  it.each([
    [
      'all that were due, be they many or few',
      { resolution: { n: 40, hits: 40 }, 'first-response': { n: 3, hits: 3 } },
      /^Every promise that was due was kept\.$/,
    ],
    [
      'the one that was kept least',
      { resolution: { n: 40, hits: 30 }, 'first-response': { n: 50, hits: 49 } },
      /^“.*” was kept least: 75\.0% of 40 promises\.$/,
    ],
    [
      'few of each, and those broken',
      { resolution: { n: 19, hits: 7 }, 'first-response': { n: 3, hits: 3 } },
      /^Fewer than 20 of each promise were due\. Broken: “[^”]+” 12 of 19\.$/,
    ],
    [
      'many that were kept beside few that were not',
      { resolution: { n: 19, hits: 7 }, 'first-response': { n: 50, hits: 50 } },
      /^Every promise of which 20 or more were due was kept\. Of fewer than 20, broken: “[^”]+” 12 of 19\.$/,
    ],
    [
      'that the one kept least is so among many alone',
      { resolution: { n: 19, hits: 7 }, 'first-response': { n: 50, hits: 49 } },
      /^Of those of which 20 or more were due “[^”]+” was kept least: 98\.0% of 50 promises\. Of fewer than 20, broken: “[^”]+” 12 of 19\.$/,
    ],
    ['nothing of what was not due', { resolution: { n: 0, hits: 0 } }, /^No promise was due in this period\.$/],
  ])('tell of promises %s', async (_, parts, sentence) => {
    expect(await promises(parts)).toMatch(sentence)
  })

  it('never say that all was kept, nor that one was kept least, where another was kept less', async () => {
    for (const few of [1, 10, 19])
      for (const many of [20, 40])
        for (const broken of [0, 1])
          for (const hits of [0, few - 1, few]) {
            const sentence = await promises({ resolution: { n: few, hits }, 'first-response': { n: many, hits: many - broken } })
            expect(sentence?.startsWith('Every promise that was due')).toBe(broken === 0 && hits === few)
            expect(sentence?.includes(`${few - hits} of ${few}`)).toBe(hits < few)
          }
  })

  it('are whole in each language', async () => {
    const sentences = await highlightsOf(figures(kept({ resolution: { n: 19, hits: 7 }, 'first-response': { n: 50, hits: 49 } })), false)
    expect(sentences[1]).toMatchObject({
      'zh-CN': expect.stringMatching(
        /^到期满 20 项的承诺中“[^”]+”最低：50 项中按时完成 98\.0%。不足 20 项的承诺中超时：“[^”]+”12 项（共 19 项）。$/,
      ),
      'zh-TW': expect.stringMatching(
        /^到期滿 20 項的承諾中「[^」]+」最低：50 項中按時完成 98\.0%。不足 20 項的承諾中逾時：「[^」]+」12 項（共 19 項）。$/,
      ),
    })
  })
})

describe('T17, R13: what numbers suggest', () => {
  const module = techSupport.classification.modules[0]?.id ?? ''
  const rulesOf = async (told: Parameters<typeof figures>[0]) =>
    (await suggestionsOf(figures(told))).map(({ rule, figure }) => `${rule} ${figure}`)

  it.each([
    [
      'promises-broken attainment',
      kept({ resolution: { n: 20, hits: 17 } }),
      [kept({ resolution: { n: 20, hits: 18 } }), kept({ resolution: { n: 19, hits: 0 } })],
    ],
    [
      'frequent-problem closed',
      { closed: { total: { n: 25 }, parts: { [module]: { n: 5 } } } },
      [{ closed: { total: { n: 26 }, parts: { [module]: { n: 5 } } } }, { closed: { total: { n: 8 }, parts: { [module]: { n: 4 } } } }],
    ],
    [
      'backlog-grows backlog',
      { submitted: { total: { n: 20 } }, closed: { total: { n: 17 } } },
      [
        { submitted: { total: { n: 20 } }, closed: { total: { n: 18 } } },
        { submitted: { total: { n: 19 } } },
        { submitted: { total: { n: 22, marks: { withdrawn: 2, merged: 1 } } }, closed: { total: { n: 17 } } },
      ],
    ],
    [
      'problems-return repeat-rate',
      { 'repeat-rate': { total: { n: 20, hits: 4 } } },
      [{ 'repeat-rate': { total: { n: 20, hits: 3 } } }, { 'repeat-rate': { total: { n: 19, hits: 19 } } }],
    ],
    [
      'customers-dissatisfied satisfaction',
      { satisfaction: { total: { n: 20, hits: 17 }, before: { n: 20, hits: 19 } } },
      [
        { satisfaction: { total: { n: 20, hits: 18 }, before: { n: 25, hits: 23 } } },
        { satisfaction: { total: { n: 19, hits: 0 }, before: { n: 20, hits: 20 } } },
        { satisfaction: { total: { n: 20, hits: 0 }, before: { n: 19, hits: 19 } } },
      ],
    ],
    [
      'told-too-late deferrals',
      { deferrals: { total: { n: 5, marks: { late: 1 } } } },
      [{ deferrals: { total: { n: 6, marks: { late: 1 } } } }, { deferrals: { total: { n: 4, marks: { late: 4 } } } }],
    ],
    [
      'criterion-unmet judged-quality',
      { 'judged-quality': { parts: { greeting: { n: 20, hits: 15 } } } },
      [
        { 'judged-quality': { parts: { greeting: { n: 20, hits: 16 } } } },
        { 'judged-quality': { parts: { greeting: { n: 19, hits: 0 } } } },
      ],
    ],
  ] satisfies readonly (readonly [string, Parameters<typeof figures>[0], readonly Parameters<typeof figures>[0][]])[])(
    '%s where it is so, and not where it just is not',
    async (rule, so, notSo) => {
      expect(await rulesOf(so)).toEqual([rule])
      for (const other of notSo) expect(await rulesOf(other)).toEqual([])
    },
  )

  it('nothing where nothing was counted, and of satisfaction nothing where nothing is known of the time before', async () => {
    expect(await rulesOf({})).toEqual([])
    const fallen = figures({ satisfaction: { total: { n: 20, hits: 0 }, before: { n: 20, hits: 20 } } })
    expect(await suggestionsOf({ ...fallen, before: null })).toEqual([])
  })

  it('names what it speaks of as people know it, with digits in groups', async () => {
    const [unmet] = await suggestionsOf(figures({ 'judged-quality': { parts: { greeting: { n: 1234, hits: 617 } } } }))
    for (const locale of locales) expect(unmet?.text[locale]).toMatch(/50\.0%.*1,234|1,234.*50\.0%/)
    expect(unmet?.text['zh-CN']).toContain('开场问候')
  })
})
