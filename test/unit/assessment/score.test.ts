import { describe, expect, it } from 'vitest'
import { noDecisions, subjectKey, type ScoreItem, type Decisions, type ScoredSubject } from '../../../domain/assessment/model.ts'
import { scoresOf, type Score } from '../../../domain/assessment/score.ts'
import { modelOf, planOf, scoredPerson, scoredTeam } from '../../support/assessments.ts'

const by = { by: 'supervisor-sun', at: '2026-11-03T01:00:00.000Z' }
const because = { ...by, reason: 'the customer’s own network was down' }
const promise = (id: string, what: 'broken' | 'backdated'): ScoreItem => ({
  id: `${id}/first-response/1`,
  ticket: id,
  what,
  at: '2026-10-12T02:00:00.000Z',
  clock: 'first-response',
  cycle: 1,
})

/** Two criteria of weights 1 and 2, from 0 % on, unless it is said otherwise. */
const two = ({
  weights = [1, 2],
  standards = [0, 0],
  ...other
}: Readonly<Record<string, unknown>> & { weights?: number[]; standards?: number[] } = {}) =>
  planOf({
    criteria: [
      { id: 'response', figure: 'attainment', clock: 'first-response', weight: weights[0], standard: standards[0] },
      { id: 'resolved', figure: 'resolution-rate', weight: weights[1], standard: standards[1] },
    ],
    ...other,
  })

function scored(plan: ReturnType<typeof planOf>, subjects: readonly ScoredSubject[], decisions: Partial<Decisions> = {}): Score[] {
  return scoresOf(modelOf(plan, subjects), { ...noDecisions, ...decisions })
}

function one(...given: Parameters<typeof scored>): Score {
  const [score] = scored(...given)
  if (!score) throw new Error('nobody is scored')
  return score
}

describe('R14: how a score comes about', () => {
  it('rates are rounded half up to hundredths of a percent, and the score is reckoned from what they show', () => {
    // 2 ÷ 3 = 66.666…, 1 ÷ 6 = 16.666…, and (66.67 + 2 × 16.67) ÷ 3 = 33.3366…
    const thirds = one(two(), [scoredPerson('a', { response: [3, 2], resolved: [6, 1] })])
    expect(thirds.criteria.map(({ rate }) => rate)).toEqual([66.67, 16.67])
    expect(thirds.score).toBe(33.34)
    // 1 ÷ 32 = 3.125 %
    expect(one(two(), [scoredPerson('a', { response: [32, 1], resolved: [0, 0] })]).score).toBe(3.13)
    // 0.01 and 0: the mean of the two is half a hundredth.
    expect(one(two({ weights: [1, 1] }), [scoredPerson('a', { response: [10_000, 1], resolved: [1, 0] })]).score).toBe(0.01)
    // 1 ÷ 800 = 0.125 % shows 0.13 %, a third of which is 0.0433…
    expect(one(two(), [scoredPerson('a', { response: [800, 1], resolved: [1, 0] })]).score).toBe(0.04)
    expect(one(two(), [scoredPerson('a', { response: [7, 7], resolved: [9, 9] })]).score).toBe(100)
    expect(one(two(), [scoredPerson('a', { response: [7, 0], resolved: [9, 0] })]).score).toBe(0)
  })

  it('a criterion of which nothing was counted is left out, and the weights of the others make the whole', () => {
    const score = one(two({ standards: [90, 90] }), [scoredPerson('a', { response: [0, 0], resolved: [40, 30] })])
    expect(score).toMatchObject({ score: 75, deduction: 2 })
    expect(score.criteria[0]).toMatchObject({ n: 0, rate: null, below: false })
    // One that the model does not tell of is none either.
    expect(one(two({ standards: [90, 90] }), [scoredPerson('a', { resolved: [40, 30] })])).toEqual(score)
  })

  it('who has nothing that counts has no score, no place and no deduction', () => {
    const [nobody, somebody] = scored(two({ standards: [90, 90] }), [scoredPerson('a', {}), scoredPerson('b', { response: [40, 40] })])
    expect(nobody).toMatchObject({ score: null, rank: null, deduction: 0, outstanding: { proposed: false } })
    expect(somebody).toMatchObject({ score: 100, rank: 1 })
  })

  it('what is at its standard is not below it, as it is shown', () => {
    const [at, below] = scored(two({ standards: [87.5, 0] }), [
      scoredPerson('a', { response: [40, 35] }),
      scoredPerson('b', { response: [40, 34] }),
    ])
    expect(at?.criteria[0]).toMatchObject({ rate: 87.5, below: false, standard: 87.5 })
    expect(below?.criteria[0]).toMatchObject({ rate: 85, below: true })
    // 66.666… shows 66.67.
    expect(one(two({ standards: [66.67, 0] }), [scoredPerson('a', { response: [30, 20] })]).criteria[0]?.below).toBe(false)
    expect(one(two({ standards: [66.68, 0] }), [scoredPerson('a', { response: [30, 20] })]).criteria[0]?.below).toBe(true)
  })
})

describe('R14: what is excused or in doubt', () => {
  const [broken, backdated] = [promise('TS1', 'broken'), promise('TS2', 'backdated')]
  const subject = scoredPerson('a', { response: [40, 38, [broken, promise('TS3', 'broken'), backdated]] })
  const a = 'person:a'
  const countsWith = (decisions: Partial<Decisions>) => {
    const { n, hits, excused, unconfirmed, rate } = one(two(), [subject], decisions).criteria[0] ?? {}
    return { n, hits, excused, unconfirmed, rate }
  }

  it('a backdated act counts once another person has confirmed it', () => {
    expect(countsWith({})).toEqual({ n: 40, hits: 37, excused: 0, unconfirmed: 1, rate: 92.5 })
    expect(countsWith({ confirmedActs: { [a]: { [backdated.id]: by } } })).toEqual({
      n: 40,
      hits: 38,
      excused: 0,
      unconfirmed: 0,
      rate: 95,
    })
    // A breach does not become a hit because somebody says that they were told.
    expect(countsWith({ confirmedActs: { [a]: { [broken.id]: by } } })).toEqual(countsWith({}))
  })

  it('what is excused leaves the count, and is no hit by that', () => {
    expect(countsWith({ excused: { [a]: { [broken.id]: because } } })).toEqual({ n: 39, hits: 37, excused: 1, unconfirmed: 1, rate: 94.87 })
    expect(countsWith({ excused: { [a]: { [backdated.id]: because } } })).toEqual({
      n: 39,
      hits: 37,
      excused: 1,
      unconfirmed: 0,
      rate: 94.87,
    })
    expect(countsWith({ excused: { [a]: { nothing: because } } })).toEqual(countsWith({}))
  })

  it('an act that was confirmed is a hit, and has nothing to be excused', () => {
    const decisions = { excused: { [a]: { [backdated.id]: because } }, confirmedActs: { [a]: { [backdated.id]: by } } }
    expect(countsWith(decisions)).toEqual(countsWith({ confirmedActs: { [a]: { [backdated.id]: by } } }))
  })

  it('excused to nothing, it is left out as if nothing had been counted', () => {
    const only = scoredPerson('a', { response: [1, 0, [broken]], resolved: [30, 24] })
    expect(one(two(), [only]).score).toBe(53.33)
    const score = one(two(), [only], { excused: { [a]: { [broken.id]: because } } })
    expect(score.criteria[0]).toMatchObject({ n: 0, hits: 0, excused: 1, rate: null, below: false })
    expect(score.score).toBe(80)
  })

  it('names that every object has are no decisions', () => {
    const odd = scoredPerson('constructor', { response: [40, 39, [{ ...broken, id: 'constructor' }]] })
    expect(one(two(), [odd])).toMatchObject({ state: 'draft', criteria: [{ n: 40 }, {}] })
  })

  it('what is excused of a person is not thereby excused of their team', () => {
    const subjects = [scoredTeam('a', { response: [40, 39, [broken]] }), scoredPerson('a', { response: [40, 39, [broken]] })]
    expect(scored(two(), subjects, { excused: { [a]: { [broken.id]: because } } }).map(({ score }) => score)).toEqual([97.5, 100])
    expect(scored(two(), subjects, { excused: { 'team:a': { [broken.id]: because } } }).map(({ score }) => score)).toEqual([100, 97.5])
  })
})

describe('R14: what is deducted 绩效扣分', () => {
  const standards = [90, 85]
  const poor = { response: [40, 20], resolved: [40, 20] } as const

  it('so many points for each criterion below its standard, and no more than the most', () => {
    expect(one(two({ standards }), [scoredPerson('a', poor)]).deduction).toBe(4)
    expect(one(two({ standards, deduction: { each: 2, most: 3 } }), [scoredPerson('a', poor)]).deduction).toBe(3)
    expect(one(two({ standards, deduction: { each: 0.1, most: 3 } }), [scoredPerson('a', { response: [40, 20] })]).deduction).toBe(0.1)
    expect(one(two({ standards, deduction: { each: 0.15, most: 3 } }), [scoredPerson('a', poor)]).deduction).toBe(0.3)
    // 0.29 × 100 is 28.999999999999996 to a machine.
    expect(one(two({ standards, deduction: { each: 0.29, most: 3 } }), [scoredPerson('a', poor)]).deduction).toBe(0.58)
    expect(one(two({ standards, deduction: undefined }), [scoredPerson('a', poor)])).toMatchObject({
      deduction: 0,
      criteria: [{ below: true }, { below: true }],
    })
  })

  it('beside the score, not off it', () => {
    expect(one(two({ standards }), [scoredPerson('a', poor)])).toMatchObject({ score: 50, deduction: 4 })
  })

  it('nothing from who had nineteen tickets, and they are not ranked; twenty are enough', () => {
    const [nineteen, twenty] = scored(two({ standards }), [scoredPerson('a', poor, 19), scoredPerson('b', poor, 20)])
    expect(nineteen).toMatchObject({ few: true, rank: null, deduction: 0, score: 50, criteria: [{ below: true }, { below: true }] })
    expect(twenty).toMatchObject({ few: false, rank: 1, deduction: 4 })
    const fewer = two({ standards, rankedFrom: 5 })
    expect(one(fewer, [scoredPerson('a', poor, 5)])).toMatchObject({ few: false, rank: 1, deduction: 4 })
  })

  it('nothing for a criterion of which fewer than twenty were counted, though it is marked', () => {
    const few = one(two({ standards }), [scoredPerson('a', { response: [19, 9], resolved: [20, 10] })])
    expect(few.criteria).toMatchObject([
      { below: true, few: true },
      { below: true, few: false },
    ])
    expect(few.deduction).toBe(2)
    // Of twenty one was excused.
    const broken = promise('TS1', 'broken')
    const excused = { excused: { 'person:a': { [broken.id]: because } } }
    expect(one(two({ standards }), [scoredPerson('a', { response: [20, 10, [broken]] })], excused).deduction).toBe(0)
  })

  it('an objection suspends it until that is decided', () => {
    const subject = [scoredPerson('a', poor)]
    const at = (decisions: Partial<Decisions>) => {
      const { state, suspended, deduction } = one(two({ standards }), subject, decisions)
      return { state, suspended, deduction }
    }
    const confirmed = { 'person:a': by }
    const objection = { ...because, by: 'a', decided: null }
    expect(at({})).toEqual({ state: 'draft', suspended: false, deduction: 4 })
    expect(at({ confirmed: { 'person:b': by, 'team:a': by } })).toMatchObject({ state: 'draft' })
    expect(at({ confirmed })).toEqual({ state: 'confirmed', suspended: false, deduction: 4 })
    expect(at({ confirmed, objections: { 'person:a': objection } })).toEqual({ state: 'objected', suspended: true, deduction: 4 })
    expect(at({ confirmed, objections: { 'person:b': objection } })).toMatchObject({ state: 'confirmed', suspended: false })
    const decided = { ...objection, decided: { ...because, upheld: false } }
    expect(at({ confirmed, objections: { 'person:a': decided } })).toEqual({ state: 'settled', suspended: false, deduction: 4 })
    // The window is over; an objection within it still waits.
    const settled = { 'person:a': by.at }
    expect(at({ confirmed, settled })).toEqual({ state: 'settled', suspended: false, deduction: 4 })
    expect(at({ confirmed, settled, objections: { 'person:a': objection } })).toMatchObject({ state: 'objected', suspended: true })
    expect(at({ settled })).toMatchObject({ state: 'draft' })
  })

  it('where nothing is deducted, nothing is suspended', () => {
    const good = [scoredPerson('a', { response: [40, 40] })]
    const objected = { confirmed: { 'person:a': by }, objections: { 'person:a': { ...because, by: 'a', decided: null } } }
    expect(one(two({ standards }), good, objected)).toMatchObject({ state: 'objected', suspended: false })
  })
})

describe('R14: places', () => {
  const at = (id: string, hits: number, tickets = 100) => scoredPerson(id, { response: [100, hits] }, tickets)

  it('who are level share a place, and who comes after them keeps theirs', () => {
    const scores = scored(two(), [at('a', 80), at('b', 90), at('c', 80), at('d', 70), at('e', 99, 19), at('f', 95)])
    expect(scores.map(({ rank }) => rank)).toEqual([3, 2, 3, 5, null, 1])
  })

  it('people stand among people, and teams among teams', () => {
    const scores = scored(two(), [
      scoredTeam('t', { response: [100, 60] }),
      at('a', 80),
      scoredTeam('u', { response: [100, 70] }),
      at('b', 50),
    ])
    expect(scores.map(({ rank }) => rank)).toEqual([2, 1, 1, 2])
  })

  it('and each among those of whom the same criteria were counted', () => {
    const both = (id: string, hits: number) => scoredPerson(id, { response: [100, hits], resolved: [100, hits] })
    expect(scored(two(), [at('a', 80), both('b', 70), at('c', 90), both('d', 60)]).map(({ rank }) => rank)).toEqual([2, 1, 1, 2])
  })
})

describe('R14: outstanding people 优秀个人', () => {
  const at = (id: string, hits: number, tickets = 100) => scoredPerson(id, { response: [100, hits], resolved: [100, hits] }, tickets)
  const allConfirmed = (subjects: readonly ScoredSubject[]) => Object.fromEntries(subjects.map((subject) => [subjectKey(subject), by]))
  const proposed = (plan: ReturnType<typeof planOf>, subjects: readonly ScoredSubject[], decisions?: Partial<Decisions>) =>
    scored(plan, subjects, decisions ?? { confirmed: allConfirmed(subjects) }).flatMap(({ subject, outstanding }) =>
      outstanding.proposed ? [subject] : [],
    )

  it('from so many points on, the best first, so many at most', () => {
    expect(proposed(two(), [at('a', 89), at('b', 90), at('c', 91)])).toEqual(['person:c'])
    expect(proposed(two(), [at('a', 89), at('b', 90)])).toEqual(['person:b'])
    expect(proposed(two(), [at('a', 89)])).toEqual([])
    expect(proposed(two({ outstanding: { score: 90, most: 2 } }), [at('a', 92), at('b', 90), at('c', 91)])).toEqual([
      'person:a',
      'person:c',
    ])
    expect(proposed(two({ outstanding: undefined }), [at('a', 100)])).toEqual([])
  })

  it('nobody below a standard, however few were counted of it', () => {
    const plan = two({ standards: [0, 85] })
    const dissatisfied = scoredPerson('a', { response: [400, 400], resolved: [6, 5] })
    expect(one(plan, [dissatisfied])).toMatchObject({ score: 88.89 })
    expect(proposed(two({ standards: [0, 85], outstanding: { score: 80, most: 5 } }), [dissatisfied, at('b', 86)])).toEqual(['person:b'])
  })

  it('no team, and nobody of few tickets', () => {
    expect(proposed(two(), [scoredTeam('t', { response: [100, 100] }), at('a', 100, 19)])).toEqual([])
  })

  it('of two who are level, who had more tickets; where these are as many, both', () => {
    expect(proposed(two(), [at('a', 95, 50), at('b', 95, 51)])).toEqual(['person:b'])
    expect(proposed(two(), [at('a', 95, 50), at('b', 95, 50), at('c', 95, 49)])).toEqual(['person:a', 'person:b'])
  })

  it('nobody whose score is a draft or objected to, nor anybody in their place', () => {
    const subjects = [at('a', 95), at('b', 92)]
    expect(proposed(two(), subjects, { confirmed: { 'person:b': by } })).toEqual([])
    const confirmed = allConfirmed(subjects)
    const objection = { ...because, by: 'a', decided: null }
    expect(proposed(two(), subjects, { confirmed, objections: { 'person:a': objection } })).toEqual([])
    expect(proposed(two(), subjects, { confirmed, settled: { 'person:a': by.at } })).toEqual(['person:a'])
  })

  it('says why: the score, the place, and how each criterion stands to its standard', () => {
    const subjects = [at('a', 99), at('b', 91), at('c', 99, 3), scoredTeam('t', { response: [100, 1] })]
    const [best, second] = scored(two({ standards: [90, 80] }), subjects, { confirmed: allConfirmed(subjects) })
    expect(second?.outstanding).toEqual({ proposed: false, reasons: [] })
    expect(best?.outstanding.reasons).toEqual([
      { reason: 'score', score: 99, from: 90 },
      { reason: 'rank', rank: 1, of: 2 },
      { reason: 'criterion', criterion: 'response', rate: 99, standard: 90, n: 100 },
      { reason: 'criterion', criterion: 'resolved', rate: 99, standard: 80, n: 100 },
    ])
  })

  it('each among those of whom the same criteria were counted: who answers calls takes no place from who mends machines', () => {
    const subjects = [scoredPerson('a', { response: [100, 100] }), at('b', 91), scoredPerson('c', { response: [100, 99] }), at('d', 92)]
    expect(proposed(two(), subjects)).toEqual(['person:a', 'person:d'])
  })
})

it('R14: the example of docs/assessments.md', () => {
  const broken = promise('TS1', 'broken')
  const subject = scoredPerson(
    'a',
    { response: [48, 45, [broken, promise('TS2', 'backdated')]], handling: [41, 36], resolved: [60, 54], satisfied: [9, 7] },
    60,
  )
  const score = one(planOf({ deduction: { each: 2, most: 10 } }), [subject], { excused: { 'person:a': { [broken.id]: because } } })
  expect(score.criteria.map(({ n, hits, rate, below }) => ({ n, hits, rate, below }))).toEqual([
    { n: 47, hits: 44, rate: 93.62, below: false },
    { n: 41, hits: 36, rate: 87.8, below: true },
    { n: 60, hits: 54, rate: 90, below: false },
    { n: 9, hits: 7, rate: 77.78, below: true },
  ])
  expect(score).toMatchObject({ score: 87.98, deduction: 2, rank: 1, outstanding: { proposed: false } })
})
