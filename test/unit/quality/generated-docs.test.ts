import { processes } from '../../../processes/index.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandsPage } from '../../../scripts/commands-page.ts'
import { noticesPage } from '../../../scripts/notices-page.ts'

describe('docs/commands.md', () => {
  it('is what the command definitions say (else: npm run docs:generate)', () => {
    expect(readFileSync('docs/commands.md', 'utf8')).toBe(commandsPage(processes))
  })
})

describe('docs/notices.md', () => {
  it('has the kinds, placeholders and causes of the code (else: npm run docs:generate)', () => {
    const page = readFileSync('docs/notices.md', 'utf8')
    expect(noticesPage(page)).toBe(page)
    expect(page).toContain('`ticket-submitted`')
  })
})
