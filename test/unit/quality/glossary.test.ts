import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pascal } from '../../../api/openapi/names.ts'
import type { Hosting } from '../../../processes/hosting.ts'
import { processes } from '../../../processes/index.ts'
import { ticket } from '../../../processes/ticket/host.ts'
import { isForPeople } from '../../../workflows/process.ts'
import { loan } from '../../loan/processes/loan/host.ts'

const page = readFileSync('docs/glossary.md', 'utf8')

/** Where the words of a type stand: those of tickets in two sections, those of another type in one, by the name of its routes. */
const sectionsOf = ({ process, plural }: Hosting) =>
  process.name === 'ticket' ? { acts: '## Acts', stages: '## Stages' } : { acts: `## ${pascal(plural)}`, stages: `## ${pascal(plural)}` }

describe('docs/glossary.md', () => {
  it.each(processes.map((host) => [host.process.name, host] as const))(
    'has the acts and the stages of every %s, as the product calls them',
    (_, host) => {
      expect(missingOf(host), 'add these rows to docs/glossary.md, each with what it means').toEqual([])
    },
  )

  it('lists acts of tickets that there are, each once', () => {
    const acts = wordsUnder(sectionsOf(ticket).acts).map(([name]) => name)
    expect(acts.length).toBeGreaterThan(20)
    expect(ticket.process.commands.map(({ name }) => name)).toEqual(expect.arrayContaining(acts))
    expect(new Set(acts).size).toBe(acts.length)
  })

  it('is told which words of a type it lacks, and where they go', () => {
    expect(missingOf(loan)).toEqual(expect.arrayContaining(['## Loans: | give-back | 归还 | 歸還 |', '## Loans: | lent | 借出 | 借出 |']))
  })
})

/** Rows that are missing, or call the thing otherwise than the product. */
function missingOf(host: Hosting): string[] {
  const { commands, stages } = host.process
  const { acts, stages: ofStages } = sectionsOf(host)
  const wanted = [
    ...commands.filter(isForPeople).map(({ name, labels }) => [acts, name, labels] as const),
    ...stages.map(({ id, labels }) => [ofStages, id, labels] as const),
  ]
  return wanted.flatMap(([section, name, labels]) => {
    const row = [name, labels['zh-CN'], labels['zh-TW']]
    const isThere = wordsUnder(section).some((words) => row.every((word, at) => words[at] === word))
    return isThere ? [] : [`${section}: | ${row.join(' | ')} |`]
  })
}

/** The name and the two Chinese words of each thing; a row may hold several that belong together: `wait, resume`. */
function wordsUnder(heading: string): (string | undefined)[][] {
  return rowsUnder(heading).flatMap(([names = '', simplified = '', traditional = '']) =>
    names.split(', ').map((name, at) => [name, simplified.split('、')[at], traditional.split('、')[at]]),
  )
}

/** The cells of the table under a heading, without its head; none where there is no such heading. */
function rowsUnder(heading: string): string[][] {
  const at = page.indexOf(`\n${heading}\n`)
  if (at < 0) return []
  const from = at + heading.length + 1
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
