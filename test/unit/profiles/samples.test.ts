import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { parseProfile } from '../../../domain/profile/load.ts'
import { answersTo, isMet } from '../../../domain/samples/judgement.ts'

/** The kinds of samples that a profile may have. */

let support = ''
let example = ''
beforeAll(async () => {
  const read = (path: string) => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')
  support = await read('test/unit/profiles/whole/tech-support.yaml')
  example = await read('docs/examples/samples.yaml')
})

const parsed = (samples: string) => parseProfile(`${support}\n${samples}`, { locale: 'en' })
const faultsOf = (samples: string) => {
  const result = parsed(samples)
  return result.ok ? [] : result.errors.map(({ path, reason }) => `${path}: ${reason}`)
}
const label = '{ zh-CN: 礼貌, zh-TW: 禮貌, en: Manners }'
const kind = (id: string, criterion: string, more = '') =>
  `  - { id: ${id}, label: ${label}, criteria: [{ id: manners, label: ${label}, ${criterion} }]${more} }\n`

describe('Q7: samples of a profile', () => {
  it('are those of the example, with what it leaves out as usual', () => {
    const result = parsed(example)
    expect(result).toMatchObject({
      ok: true,
      profile: {
        samples: [
          { id: 'service', by: ['quality'], correctableFor: 'P2D', size: { usual: 20, most: 60 } },
          {
            id: 'complaints',
            by: ['quality', 'management'],
            size: { usual: 20, most: 100 },
            criteria: [{ metFrom: 4, mayNotApply: false }, {}],
          },
        ],
      },
    })
    expect(parsed('')).toMatchObject({ ok: true })
    expect(parsed('').ok && parsed('')).not.toHaveProperty('profile.samples')
  })

  it('are refused where a criterion is none, or two kinds mean another by one id', () => {
    expect(faultsOf(`samples:\n${kind('one', 'kind: yes-no, metFrom: 3')}`)).toEqual([expect.stringContaining('metFrom')])
    expect(faultsOf(`samples:\n${kind('one', 'kind: scale, metFrom: 1')}`)).toEqual([
      expect.stringMatching(/^samples\[0\]\.criteria\[0\]\.metFrom/),
    ])
    expect(faultsOf(`samples:\n${kind('one', 'kind: yes-no')}${kind('two', 'kind: yes-no')}`)).toEqual([])
    expect(faultsOf(`samples:\n${kind('one', 'kind: yes-no')}${kind('two', 'kind: scale')}`)).toEqual([
      'samples[1].criteria[0]: criterion "manners" is defined otherwise by another kind of samples; say the same of it, or give it another id',
    ])
  })

  it('are judged by the quality department and the management, and in a time that is one', () => {
    expect(faultsOf(`samples:\n${kind('one', 'kind: yes-no', ', by: [supervisor]')}`)).toEqual([
      expect.stringMatching(/^samples\[0\]\.by\[0\]/),
    ])
    expect(faultsOf(`samples:\n${kind('one', 'kind: yes-no', ', judgeWithin: PT0S')}`)).toEqual([expect.stringContaining('judgeWithin')])
    expect(faultsOf(`samples:\n${kind('one', 'kind: yes-no', ', size: { most: 201 }')}`)).toEqual([expect.stringContaining('size.most')])
  })

  it('are named by reports as they are called', () => {
    const reports = (sample: string) =>
      support.replace(/^reports:\n[\s\S]*?(?=^\S|(?![\s\S]))/m, '') +
      `\nreports:\n  - { id: quality, label: ${label}, every: month, to: [quality], sections: [{ id: judged, kind: samples, sample: ${sample} }] }\n`
    expect(parseProfile(reports('service') + example)).toMatchObject({ ok: true })
    const refused = parseProfile(reports('servce') + example, { locale: 'en' })
    expect(refused.ok ? [] : refused.errors.map(({ path }) => path)).toEqual(['reports[0].sections[0].sample'])
  })
})

describe('Q7: whether a criterion is met', () => {
  it('is said by yes, or by a value that is high enough; what does not apply is neither', () => {
    const yesNo = { id: 'a', kind: 'yes-no', mayNotApply: true } as const
    const scale = { id: 'b', kind: 'scale', metFrom: 3, mayNotApply: false } as const
    expect(answersTo(yesNo)).toEqual(['yes', 'no', 'not-applicable'])
    expect(answersTo(scale)).toEqual([1, 2, 3, 4, 5])
    expect(answersTo(yesNo).map((answer) => isMet(yesNo, answer))).toEqual([true, false, null])
    expect(answersTo(scale).map((answer) => isMet(scale, answer))).toEqual([false, false, true, true, true])
  })
})
