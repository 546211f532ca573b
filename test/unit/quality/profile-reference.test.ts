import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { writtenSchema } from '../../../domain/profile/written.ts'
import { examplesIn } from '../../../scripts/profile-reference/examples.ts'
import { definitionsOf, wholeText } from '../../../scripts/profile-reference/nodes.ts'
import { profileReference } from '../../../scripts/profile-reference/page.ts'

/** X12: the reference of a profile is made of its schema, so that a key which joins it is there, and one without a meaning or an example is told. */

/** The schema with one key more, of a part of its own; each test has parts of its own name, which the registry of ids demands. */
function withKey(
  name: string,
  more: z.ZodType,
  inside: z.ZodType = z.string().meta({ description: 'its colour', examples: ['red'] }),
): string {
  const part = z.strictObject({ colour: inside, shade: more }).meta({ id: `Part${name}`, description: 'a thing of a test' })
  // The key stands behind those of the profile itself, the last of which is `assessments`, and before `extends`.
  const { extends: base, remove, template, ...own } = writtenSchema.shape
  const made = z
    .strictObject({
      ...own,
      [`${name}s`]: z
        .array(part)
        .optional()
        .meta({ description: 'things', examples: [[{ colour: 'red' }]] }),
      extends: base,
      remove,
      template,
    })
    .meta({ id: `Whole${name}`, description: 'a profile' })
  const { [`Whole${name}`]: whole, ...parts } = definitionsOf(made)
  const definitions = { ...parts, [wholeText]: whole }
  return profileReference(definitions, { of: (...key) => [...examplesIn([], definitions).of(...key), 'x'].slice(0, 1) })
}

describe('X12: the reference of a profile', () => {
  const told = z
    .int()
    .min(2)
    .max(9)
    .default(3)
    .meta({ description: 'how dark it is (X12)', examples: [7] })

  it('X12: has a key that joins the schema, behind the one before it, with all that is inside', () => {
    const page = withKey('One', told)
    expect(page).toMatch(/^- \[Looking back\].* · \[`assessments`\]\(#assessments\) · \[`Ones`\]\(#ones\)/m)
    const section = page.slice(page.indexOf('### `Ones`'))
    expect(section).toContain('Things. A list, may be left out.')
    expect(section).toContain('- **`colour`**: its colour.\\\n  Text, required.\\\n  `colour: red`')
    expect(section).toContain('- **`shade`**: how dark it is (X12).\\\n  A whole number from 2 to 9, default `3`.\\\n  `shade: 7`')
  })

  it('X12: is not made while a key has no meaning', () => {
    expect(() => withKey('Two', z.int().default(3))).toThrow('a key of a profile has no meaning')
  })

  it('X12: is not made while a key has no example', () => {
    const { [wholeText]: whole, ...parts } = definitionsOf(writtenSchema)
    const definitions = { ...parts, [wholeText]: whole }
    expect(() => profileReference(definitions, { of: () => [] })).toThrow(
      /^id has no example: use it in a file of docs\/examples or docs\/recipes/,
    )
    const allBut = { of: (part: string, key: string) => (`${part}.${key}` === 'ClockRung.every' ? [] : ['x']) }
    expect(() => profileReference(definitions, allBut)).toThrow('ClockRung.every has no example')
  })

  it('X12: examples are found at any depth, each under the part that it is of', () => {
    const definitions = definitionsOf(writtenSchema)
    const clock = {
      id: 'a',
      when: [{ not: { tag: 'vip' } }],
      exceptions: [{ when: { fields: { size: { atLeast: 3 } } }, within: { low: 'P1D' } }],
    }
    const section = { id: 's', kind: 'trend', periods: 7 }
    const { of } = examplesIn(
      [{ clocks: [clock], reports: [{ sections: [section] }], stages: [{ leftOut: { type: 'fault' } }] }],
      definitions,
    )
    expect(of('ProfileClock', 'id')).toEqual(['a'])
    expect(of('FactList', 'tag')).toEqual(['vip'])
    expect(of('FieldComparison', 'atLeast')).toEqual([3])
    expect(of('ReportPlanTrend', 'periods')).toEqual([7])
    expect(of('Facts', 'type')).toEqual(['fault'])
    // What another part has word for word could stand here, too.
    expect(of('FactList', 'type')).toEqual(['fault'])
    // Of some words that are possible, one is an example; of any text none is made up.
    expect(of('CustomNotice', 'mayMute')).toEqual([true])
    expect(of('ProfileClock', 'timeBase')).toEqual(['working'])
    expect(of('ClockRung', 'at')).toEqual([])
  })
})
