import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { processes } from '../../../processes/index.ts'

/** Who is named is known by what is sent, also of commands whose input is made ready first (S10, X8). */

const examples = z
  .record(z.string(), z.looseObject({ body: z.record(z.string(), z.unknown()).optional() }))
  .parse(JSON.parse(readFileSync('api/openapi/examples.json', 'utf8')))
const naming = ['person', 'assignee', 'owner', 'lead', 'helper', 'judge', 'supervisor', 'to', 'team'] as const

const named = processes.flatMap(({ process }) =>
  process.commands.map((command) => {
    const operation = `${command.name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase())}${process.name.replace(/^./, (letter) => letter.toUpperCase())}`
    return { command, body: examples[operation]?.body ?? {} }
  }),
)

it('S10, X8: each person and team that a sent input names is mentioned', () => {
  const silent = named.flatMap(({ command, body }) => {
    const { people, teams } = command.mentions(body)
    return naming.flatMap((key) => {
      const value = body[key]
      return typeof value === 'string' && ![...people, ...teams].includes(value) ? [`${command.name}: ${key}`] : []
    })
  })
  expect(silent).toEqual([])
  const prepared = named.filter(({ command }) => command.prepared && command.mentions({ ...body(command.name) }).people.length > 0)
  expect(prepared.map(({ command }) => command.name)).toContain('nominate')

  function body(name: string): Readonly<Record<string, unknown>> {
    return named.find(({ command }) => command.name === name)?.body ?? {}
  }
})
