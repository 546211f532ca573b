import { describe, expect, it } from 'vitest'
import { nearest } from '../../../domain/document/nearest.ts'

describe('X1: the word that was probably meant', () => {
  it.each([
    ['lable', 'label'],
    ['Label', 'label'],
    ['closing_report', 'closingReport'],
    ['window', undefined],
    ['reopenWindow', 'reopeningWindow'],
    ['zon', 'zone'],
    ['colour', undefined],
    ['', undefined],
    ['x'.repeat(1_000_000), undefined],
  ])('X1: %s', (word, meant) => {
    expect(nearest(word, ['label', 'zone', 'closingReport', 'reopeningWindow', 'callback'])).toBe(meant)
  })

  it.each([
    // One letter from `lead`, and a part of what was meant.
    ['head', 'department-head'],
    ['our-supervisor', 'supervisor'],
    ['hea', undefined],
    // Two would do: nobody knows which.
    ['team', undefined],
    ['supervisr', 'supervisor'],
  ])('X1: of words with hyphens the one that it is a part of, or that is a part of it: %s', (word, meant) => {
    expect(nearest(word, ['lead', 'supervisor', 'department-head', 'team-one', 'team-two'])).toBe(meant)
  })
})
