import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandsPage } from '../../../scripts/commands-page.ts'

describe('docs/commands.md', () => {
  it('is what the command definitions say (else: npm run docs:generate)', () => {
    expect(readFileSync('docs/commands.md', 'utf8')).toBe(commandsPage())
  })
})
