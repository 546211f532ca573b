import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Role } from '../../../domain/people.ts'
import { stages, type Stage } from '../../../domain/profile/schema.ts'
import { permission, perform } from '../../../workflows/engine.ts'
import { publicCommands, ticketProcess } from '../../../workflows/ticket/process.ts'
import { allowedCommands } from '../../../workflows/ticket/outlook.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { policyOf, Story, ticketIn, usual, zhou, type CommandName } from '../../support/tickets.ts'

/** Every command in every stage by every role, with the ticket in hand and without. */

const names = publicCommands.map(({ name }) => name)
const ended: readonly Stage[] = ['archived', 'withdrawn', 'merged']
const states: Readonly<Record<Stage, TicketState>> = statesOf()

describe('stage × command × role', () => {
  it('has a usual input for every command', () => {
    expect(names.toSorted()).toEqual(Object.keys(usual).toSorted())
  })

  it.each(publicCommands)('$name: permission() tells beforehand what perform() will refuse', (command) => {
    for (const stage of stages) {
      for (const role of roles) {
        for (const holds of [true, false]) {
          const actor = actorOf(role, holds)
          const state = states[stage]
          const expected = expectedCode(command, stage, role, holds)
          const refused = permission(ticketProcess, command, state, { actor })
          const where = `${command.name} in ${stage} by ${role}${holds ? ' who has it' : ''}`
          expect(refused?.code, where).toBe(expected)
          const act = { requestId: 'r', actor, at: '2026-03-02T02:00:00.000Z', directory: { people: {}, teams: [] } }
          const performed = perform(ticketProcess, command, state, policyOf(), act, isUsual(command.name) ? usual[command.name] : {})
          if (refused) expect(performed, where).toEqual({ ok: false, rejection: refused })
          else if (!performed.ok) expect(['wrong-role', 'not-yours', 'wrong-stage'], where).not.toContain(performed.rejection.code)
        }
      }
    }
  })

  it('every command is possible for somebody somewhere, and names a requirement', () => {
    for (const command of publicCommands) {
      expect(
        command.stages.filter((stage) => ended.some((end) => end === stage)),
        command.name,
      ).toEqual([])
      expect(command.requirements, command.name).not.toEqual([])
    }
  })

  it("the product's own commands are nobody's to give", () => {
    expect(ticketProcess.commands.filter((command) => !publicCommands.includes(command)).map(({ name }) => name)).toEqual([
      'change-calendar',
    ])
    for (const role of roles) expect(allowedCommands(states.handling, actorOf(role, true)), role).not.toContain('change-calendar')
  })

  it('no stage of the path is a dead end: somebody can move the ticket on', () => {
    for (const stage of stages.filter((candidate) => !ended.includes(candidate))) {
      expect(ticketProcess.commands.filter((command) => command.stages.includes(stage)).length, stage).toBeGreaterThan(3)
    }
  })
})

function expectedCode(command: (typeof ticketProcess.commands)[number], stage: Stage, role: Role, holds: boolean): string | undefined {
  const permitted = command.may[role]
  if (!permitted) return 'wrong-role'
  if (ended.includes(stage)) return 'ended'
  if (!command.stages.includes(stage)) return 'wrong-stage'
  return permitted === 'any' || holds ? undefined : 'not-yours'
}

function actorOf(role: Role, holds: boolean): Actor {
  return { id: holds ? (role === 'customer' ? 'zhou' : 'wang') : 'somebody', roles: [role], teams: [] }
}

function statesOf(): Readonly<Record<Stage, TicketState>> {
  const by = { by: zhou, submission: { assignee: 'wang' } }
  const handling = ticketIn('handling', by).state
  return {
    intake: new Story(by).state,
    triage: ticketIn('triage', by).state,
    assignment: ticketIn('assignment', by).state,
    handling,
    verification: ticketIn('verification', by).state,
    confirmation: ticketIn('confirmation', by).state,
    closing: ticketIn('closing', by).state,
    'follow-up': ticketIn('follow-up', by).state,
    archived: ticketIn('archived', by).state,
    withdrawn: ticketIn('withdrawn', by).state,
    merged: { ...handling, stage: 'merged' },
  }
}

function isUsual(name: string): name is CommandName {
  return Object.hasOwn(usual, name)
}
