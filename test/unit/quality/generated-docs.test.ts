import { processes } from '../../../processes/index.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandsPage } from '../../../scripts/commands-page.ts'
import { figuresPage } from '../../../scripts/figures-page.ts'
import { noticesPage } from '../../../scripts/notices-page.ts'
import { profilesPage, shippedExamples } from '../../../scripts/profiles-page.ts'
import { fieldKinds, profileSchema } from '../../../domain/profile/schema.ts'

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

describe('docs/profiles.md', () => {
  it('has every key of the schema, with its meaning, form, default and an example (else: npm run docs:generate)', () => {
    const page = readFileSync('docs/profiles.md', 'utf8')
    expect(profilesPage(page, shippedExamples())).toBe(page)
    for (const key of Object.keys(profileSchema.shape))
      expect(page).toMatch(new RegExp(`### \`${key}\`\n\n.+Form: .+\n\n\`\`\`yaml\n${key}:`))
    for (const kind of fieldKinds) expect(page).toContain(`| \`${kind}\` |`)
  })
})

describe('docs/figures.md', () => {
  it('defines every figure as the code counts it (else: npm run docs:generate)', () => {
    const page = readFileSync('docs/figures.md', 'utf8')
    expect(figuresPage(page, processes)).toBe(page)
    for (const { id, definition } of processes.flatMap((host) => host.figures ?? [])) {
      expect(page).toContain(`### \`${id}\``)
      expect(page).toContain(definition['zh-CN'])
    }
  })
})
