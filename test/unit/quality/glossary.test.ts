import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isForPeople } from '../../../workflows/process.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'

const page = readFileSync('docs/glossary.md', 'utf8')

/** A row of the acts may hold several that belong together: `wait, resume`. */
const acts = rowsUnder('## Acts').flatMap(([names = '', simplified = '', traditional = '']) => {
  const words = [simplified.split('、'), traditional.split('、')] as const
  return names.split(', ').map((name, at) => ({ name, 'zh-CN': words[0][at], 'zh-TW': words[1][at] }))
})

describe('docs/glossary.md', () => {
  it('lists the acts that there are, each once, and calls them as the product does', () => {
    const commands = ticketProcess.commands.map(({ name, labels }) => ({ name, 'zh-CN': labels['zh-CN'], 'zh-TW': labels['zh-TW'] }))
    expect(acts.length).toBeGreaterThan(20)
    for (const act of acts) expect(commands).toContainEqual(act)
    const forPeople = ticketProcess.commands.filter(isForPeople).map(({ name }) => name)
    expect(acts.map(({ name }) => name)).toEqual(expect.arrayContaining(forPeople))
    expect(new Set(acts.map(({ name }) => name)).size).toBe(acts.length)
  })

  it('lists the stages that there are', async () => {
    const { ticketStages } = await import('../../../domain/ticket-stages.ts')
    const rows = rowsUnder('## Stages').map(([name, simplified, traditional]) => [name, simplified, traditional])
    for (const { id, labels } of ticketStages) expect(rows).toContainEqual([id, labels['zh-CN'], labels['zh-TW']])
  })
})

/** The cells of the table under a heading, without its head. */
function rowsUnder(heading: string): string[][] {
  const from = page.indexOf(heading) + heading.length
  const end = page.indexOf('\n## ', from)
  const lines = page
    .slice(from, end < 0 ? undefined : end)
    .split('\n')
    .filter((line) => line.startsWith('|'))
  return lines.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}
