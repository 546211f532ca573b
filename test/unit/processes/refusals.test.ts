import { describe, expect, it } from 'vitest'
import { problemText } from '../../../api/messages/render.ts'
import { wordsFor } from '../../../api/problems/words.ts'
import { locales } from '../../../domain/labels.ts'
import { emptyDirectory, roles, type Role } from '../../../domain/people.ts'
import type { Rejection } from '../../../domain/rejection.ts'
import type { Registry } from '../../../processes/hosting.ts'
import { processes } from '../../../processes/index.ts'
import { permission } from '../../../workflows/engine.ts'
import { isForPeople } from '../../../workflows/process.ts'

/** What people are refused: each sentence is whole, whatever command it is about and whoever is told. */

const at = '2026-11-30T01:00:00.000Z'

type AnyProcess = Registry[number]['process']

interface Refusal {
  readonly where: string
  readonly rejection: Rejection
  readonly type: AnyProcess
}

/** Every command of a type in each of its stages, tried by each role that has nothing in hand; and of a review, by whoever has an action of it. */
function refusals({ process }: Pick<Registry[number], 'process'>, actions: readonly object[] = []): Refusal[] {
  return process.commands.filter(isForPeople).flatMap((command) =>
    process.stages.flatMap(({ id: stage }) =>
      roles.flatMap((role): Refusal[] => {
        const state = { ...process.birth.initial('N1', at), stage, ...(process.name === 'review' && { actions }) }
        const act = { requestId: '', actor: { id: 'somebody', roles: [role], teams: [] }, at, directory: emptyDirectory }
        const rejection = permission(process, command, state, act) ?? blocked(() => command.blocked({ state, policy: {}, act }))
        return rejection ? [{ where: `${process.name} ${command.name} in ${stage} by ${role}`, rejection, type: process }] : []
      }),
    ),
  )
}

/** A state that was just born knows too little for some of them. */
function blocked(ask: () => Rejection | undefined): Rejection | undefined {
  try {
    return ask()
  } catch {
    return undefined
  }
}

const all = processes.flatMap((host) => refusals(host))
const ofOwners = refusals({ process: typeNamed('review') }, [{ id: 1, owner: 'somebody', dueAt: at, state: 'open' }])

describe('T17, Q8, R14: what somebody is refused', () => {
  it('says everything that its sentence needs', () => {
    expect(all.length).toBeGreaterThan(1_000)
    const torn = [...all, ...ofOwners].flatMap(({ where, rejection: { code, params = {} }, type }) =>
      locales.flatMap((locale) => {
        const words = wordsFor(processes, { about: type, path: '/', locale })
        const { title, detail } = problemText(code, params, { locale, zone: 'UTC', names: {}, terms: {}, ...words })
        return `${title} ${detail}`.includes('…') ? [`${where}: ${detail}`] : []
      }),
    )
    expect(torn).toEqual([])
  })

  it('of an action is told to be for whose it is, too', () => {
    const codes = (command: string, role: Role) =>
      all.flatMap(({ where, rejection }) => (where === `review ${command} in actions by ${role}` ? [rejection.code] : []))
    expect([codes('report-action', 'engineer'), codes('drop-action', 'engineer')]).toEqual([['not-your-action'], ['not-yours']])
  })
})

describe('T17: an action that was carried out', () => {
  const process = typeNamed('review')
  const state = {
    ...process.birth.initial('R1', at),
    stage: 'actions',
    actions: [
      { id: 1, owner: 'wang', dueAt: at, state: 'done' },
      { id: 2, owner: 'wang', dueAt: at, state: 'open' },
    ],
  }
  const inputs = {
    'report-action': { text: '做完了' },
    'drop-action': { reason: '重复' },
    'reassign-action': { owner: 'chen', reason: '调岗' },
  }
  const codeOf = (name: string, input: object) => {
    const command = process.commands.find((one) => one.name === name)
    const act = { requestId: '', actor: { id: 'boss', roles: ['quality' as const], teams: [] }, at, directory: emptyDirectory }
    const decided = command?.decide({ state, policy: {}, act }, input)
    return decided?.ok === false ? decided.rejection.code : undefined
  }
  it.each(Object.entries(inputs))('is not one of wrong values to %s: it has ended', (name, input) => {
    expect(codeOf(name, { action: 1, ...input })).toBe('action-ended')
    expect(codeOf(name, { action: 9, ...input })).toBe('invalid-input')
  })
})

function typeNamed(name: string): AnyProcess {
  const found = processes.find(({ process }) => process.name === name)
  if (!found) throw new Error(`there is no type ${name}`)
  return found.process
}
