import { expect, it } from 'vitest'
import { fileNameOf } from '../../../api/http/file-name.ts'
import { recurringNumber } from '../../../domain/recurring/recurring.ts'

it('R13, R14: files of two processes are told apart by their names, also where both are of the same profile, kind and period', () => {
  const named = (type: 'report' | 'assessment') => fileNameOf(recurringNumber(type, 'tech-support', 'monthly', '2026-10'), 'xlsx')
  expect(named('report')).toBe('report-tech-support-monthly-2026-10.xlsx')
  expect(named('assessment')).toBe('assessment-tech-support-monthly-2026-10.xlsx')
  expect(fileNameOf('assessment:tech-support:monthly:2026-10', 'pdf', 'person:wang.wei')).toBe(
    'assessment-tech-support-monthly-2026-10-person-wang.wei.pdf',
  )
})
