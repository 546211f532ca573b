import { describe, expect, it } from 'vitest'
import { nearest } from '../../../domain/document/nearest.ts'

describe('X1: the word that was probably meant', () => {
  it.each([
    ['lable', 'label'],
    ['Label', 'label'],
    ['closing_report', 'closingReport'],
    ['reopenWindow', 'reopeningWindow'],
    ['zon', 'zone'],
    ['colour', undefined],
    ['', undefined],
    ['x'.repeat(1_000_000), undefined],
  ])('X1: %s', (word, meant) => {
    expect(nearest(word, ['label', 'zone', 'closingReport', 'reopeningWindow', 'callback'])).toBe(meant)
  })
})
