import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { stages } from '../../../domain/ticket-stages.ts'
import type { Actor } from '../../../domain/people.ts'
import { commandNamed, everybody, ticketIn, usual, type Story } from '../../support/tickets.ts'

/** What a ticket has against an input is told at once (ADR 35): nobody mends one fault only to hear of the next. */

/** Values that a form lets pass, and that a ticket may have something against. */
const doubtful: readonly unknown[] = [
  undefined,
  'nobody-nowhere',
  'zhao',
  '2020-01-01T00:00:00Z',
  '2126-04-01T00:00:00Z',
  ['问题', 'nobody-nowhere'],
  { nothing: 1 },
  { module: '问题', type: '其他', cause: '问题' },
  999,
]

/** Inputs that demand more than the usual ones. */
const demanding: Readonly<Record<string, object>> = { ...usual, confirm: { ...usual.confirm, outcome: 'partly', remark: '导出仍然偏慢' } }

describe('what a ticket has against an input', () => {
  it('is told at once: of two faults in two places both are heard', () => {
    const paired = new Set<string>()
    for (const [name, input] of Object.entries(demanding)) {
      for (const { story, actor } of where(name, input)) {
        const faults = faultsOf(story, actor, name, input)
        for (const [at, one] of faults.entries()) {
          for (const other of faults.slice(at + 1).filter(({ key }) => key !== one.key && !decides(name, one.key, key))) {
            const both = { [one.key]: one.value, [other.key]: other.value }
            const told = pathsOf(story, actor, name, { ...input, ...both })
            expect(told, `${name} in ${story.state.stage}: ${JSON.stringify(both)}`).toEqual(
              expect.arrayContaining([...one.paths, ...other.paths]),
            )
            paired.add(name)
          }
        }
      }
    }
    expect([...paired].toSorted()).toEqual([
      'assign',
      'complete',
      'confirm',
      'contact',
      'reassign',
      'reclassify',
      'record-review-meeting',
      'wait',
    ])
  })
})

/** Which fields there are depends on the type: of one that there is not, nothing is known. */
function decides(name: string, key: string, other: string): boolean {
  return name === 'reclassify' && key === 'type' && other === 'fields'
}

interface Fault {
  readonly key: string
  readonly value: unknown
  readonly paths: readonly string[]
}

/** Faults in one place each, which the form lets pass and the ticket does not. */
function faultsOf(story: Story, actor: Actor, name: string, input: object): Fault[] {
  const form = commandNamed(name).input
  if (!(form instanceof z.ZodObject)) throw new Error(`${name} takes no form`)
  return Object.keys(form.shape).flatMap((key) =>
    doubtful
      .map((value) => ({ key, value, changed: { ...input, [key]: value } }))
      .filter(({ changed }) => form.safeParse(changed).success)
      // A team in place of a person will do.
      .filter(({ value }) => value !== undefined || key !== 'assignee')
      .map(({ value, changed }) => ({ key, value, paths: pathsOf(story, actor, name, changed) }))
      .filter(({ paths }) => paths.some((path) => path === key || path.startsWith(`${key}.`) || path.startsWith(`${key}[`))),
  )
}

function pathsOf(story: Story, actor: Actor, name: string, input: unknown): string[] {
  return (story.refusalTo(actor, name, input)?.errors ?? []).map(({ path }) => path)
}

/** The stages in which somebody could do it, with one who could. */
function where(name: string, input: object): { readonly story: Story; readonly actor: Actor }[] {
  return stages.flatMap((stage) => {
    if (!commandNamed(name).stages.includes(stage)) return []
    return (['medium', 'urgent'] as const).flatMap((priority) => {
      const story = ticketIn(stage, { submission: { priority } })
      const actor = everybody.find((one) => story.refusalTo(one, name, input) === undefined)
      return actor ? [{ story, actor }] : []
    })
  })
}
