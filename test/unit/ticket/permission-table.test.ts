import { describe, expect, it } from 'vitest'
import { roles, type Actor, type Role } from '../../../domain/people.ts'
import { stages, type Stage } from '../../../domain/ticket-stages.ts'
import { permission, perform, refusedToTell } from '../../../workflows/engine.ts'
import { isForPeople } from '../../../workflows/process.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import type { TicketState } from '../../../workflows/ticket/state.ts'
import { cellsOnPage, commandsOnPage, isOpenTo, openStages, refusedOnPage } from '../../support/permission-page.ts'
import {
  commandNamed,
  policyOf,
  readied,
  Story,
  system,
  ticketIn,
  usual,
  usualOfSystem,
  zhou,
  type CommandName,
} from '../../support/tickets.ts'

/**
 * Every command in every stage by every role, with the ticket in hand and without: the engine is held to docs/commands.md. That the
 * API passes on what the engine says, `test/integration/permission-table.test.ts` tries on a sample.
 */

const names = ticketProcess.commands.map(({ name }) => name)
const ended: readonly Stage[] = ['archived', 'withdrawn', 'merged']
const states: Readonly<Record<Stage, TicketState>> = statesOf()

describe('stage × command × role', () => {
  it('has a usual input for every command', () => {
    const forPeople = ticketProcess.commands.filter(isForPeople).map(({ name }) => name)
    expect(forPeople.toSorted()).toEqual(Object.keys(usual).toSorted())
    expect(names.filter((name) => !forPeople.includes(name)).toSorted()).toEqual(Object.keys(usualOfSystem).toSorted())
  })

  it('has every command for people in both tables of the page', () => {
    const cells = Object.keys(usual).flatMap((command) => openStages.map((stage) => `${command} ${stage}`))
    expect([...cellsOnPage.keys()].toSorted()).toEqual(cells.toSorted())
    expect(commandsOnPage.toSorted()).toEqual(Object.keys(usual).toSorted())
    expect([...cellsOnPage.values()].join('')).toMatch(/^[CAESDQXMcaesdqxm+]+$/)
  })

  it.each(ticketProcess.commands)('$name: permission() tells beforehand what perform() will refuse', (command) => {
    for (const stage of stages) {
      for (const role of roles) {
        for (const holds of [true, false]) {
          const actor = actorOf(role, holds)
          const state = states[stage]
          const expected = refusedOnPage(command.name, stage, role, holds)
          const refused = permission(ticketProcess, command, state, { actor })
          const where = `${command.name} in ${stage} by ${role}${holds ? ' who has it' : ''}`
          expect(refused?.code, where).toBe(expected)
          const act = { requestId: 'r', actor, at: '2026-03-02T02:00:00.000Z', directory: { people: {}, teams: [] } }
          const performed = perform(
            ticketProcess,
            command,
            state,
            policyOf(),
            act,
            isUsual(command.name) ? readied(command.name, usual[command.name]) : {},
          )
          if (refused) expect(performed, where).toEqual({ ok: false, rejection: refused })
          else if (!performed.ok) expect(['wrong-role', 'not-yours', 'wrong-stage'], where).not.toContain(performed.rejection.code)
        }
      }
    }
  })

  it.each(['accept', 'claim', 'confirm-priority', 'note', 'release', 'reopen', 'reveal', 'urge', 'withdraw'] as const)(
    '%s: what the page allows, and cannot be refused for what it says, is done',
    (name) => {
      let done = 0
      for (const stage of openStages) {
        for (const role of roles) {
          const open = isOpenTo(role, name, stage)
          if (!open) continue
          const state = name === 'claim' ? { ...states[stage], assignee: null } : states[stage]
          const actor = actorOf(role, open === 'to the holder')
          const act = { requestId: 'r', actor, at: '2026-03-02T02:00:00.000Z', directory: { people: {}, teams: [] } }
          expect(
            perform(ticketProcess, commandNamed(name), state, policyOf(), act, usual[name]),
            `${name} in ${stage} by ${role}`,
          ).toMatchObject({
            ok: true,
          })
          done += 1
        }
      }
      expect(done).toBeGreaterThan(0)
    },
  )

  it("a command of the product's own is refused to people in every role, and open to the system", () => {
    for (const command of ticketProcess.commands.filter((candidate) => !isForPeople(candidate))) {
      for (const stage of command.stages.filter(isStage)) {
        const state = states[stage]
        for (const role of roles)
          expect(permission(ticketProcess, command, state, { actor: actorOf(role, true) })?.code, command.name).toBe('wrong-role')
        expect(permission(ticketProcess, command, state, { actor: system }), command.name).toBeUndefined()
      }
    }
  })

  it('what other processes may tell gives `system`, which speaks for them, nothing in hand', () => {
    const told = ticketProcess.commands.filter((command) => refusedToTell(command) === undefined)
    expect(told.map(({ name }) => name)).toEqual(['urge', 'note-related'])
    for (const command of told) {
      for (const stage of command.stages.filter(isStage)) {
        // What nobody has, nor keeps in touch about.
        const state = { ...states[stage], assignee: null, representative: null }
        const act = { requestId: 'r', actor: system, at: '2026-03-02T02:00:00.000Z', directory: { people: {}, teams: [] } }
        const input = { ...usual, ...usualOfSystem }[command.name]
        const performed = perform(ticketProcess, command, state, policyOf(), act, input)
        expect(performed.ok, `${command.name} in ${stage}`).toBe(true)
        if (performed.ok) expect([performed.state.assignee, performed.state.representative], command.name).toEqual([null, null])
      }
    }
  })

  it('every command is possible for somebody somewhere, and names a requirement', () => {
    for (const command of ticketProcess.commands) {
      expect(
        command.stages.filter((stage) => ended.some((end) => end === stage)),
        command.name,
      ).toEqual([])
      expect(command.stages, command.name).not.toEqual([])
      if (!Object.hasOwn(usualOfSystem, command.name)) expect(Object.keys(command.may), command.name).not.toEqual([])
      expect(command.requirements, command.name).not.toEqual([])
    }
  })

  it('no stage of the path is a dead end: somebody can move the ticket on', () => {
    for (const stage of stages.filter((candidate) => !ended.includes(candidate))) {
      expect(ticketProcess.commands.filter((command) => command.stages.includes(stage)).length, stage).toBeGreaterThan(3)
    }
  })
})

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

function isStage(stage: string): stage is Stage {
  return stages.some((one) => one === stage)
}

function isUsual(name: string): name is CommandName {
  return Object.hasOwn(usual, name)
}
