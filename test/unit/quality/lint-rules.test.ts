import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/**
 * The linter holds the folders apart, and takes no pattern that takes ever longer. Each line below is written into a file of its own and linted with the project's
 * settings, so that a rule that no longer bites is noticed.
 */
const refused: readonly [file: string, line: string][] = [
  ['api/views/a.ts', "import { stepView } from '../routes/commands.ts'"],
  ['api/operations/a.ts', "import { findTicket } from '../../db/tickets.ts'"],
  ['api/operations/a.ts', "import { reads } from '../routes/serving.ts'"],
  ['api/operations/a.ts', "import type { Context } from 'hono'"],
  ['api/http/a.ts', "import type { TicketView } from '../views/ticket.ts'"],
  ['api/problems/a.ts', "import { env } from '../http/env.ts'"],
  ['api/access/a.ts', "import { open } from '../app.ts'"],
  ['domain/a.ts', "import pg from 'pg'"],
  ['domain/a.ts', "import { readFile } from 'node:fs/promises'"],
  ['domain/a.ts', "import type { Kysely } from 'kysely'"],
  ['domain/a.ts', "import parse from 'libphonenumber-js/max'"],
  ['domain/profile/a.ts', "import type { Deadline } from '../../workflows/process.ts'"],
  ['domain/profile/a.ts', "export * from '../../db/schema.ts'"],
  ['domain/a.ts', "export const later = () => import('../runtime/config.ts')"],
  ['domain/a.ts', "import { checkCustomer } from './customer.ts'"],
  ['domain/customer.ts', "import { z } from 'libphonenumber-js/min'"],
  ['domain/a.ts', "import { readPhone } from './contact/phone.ts'"],
  ['workflows/ticket/stages/a.ts', "import { contactsWithin } from '../../../domain/contact/within.ts'"],
  ['workflows/common/clocks.ts', "import { condition } from '@temporalio/workflow'"],
  ['workflows/ticket/stages/a.ts', "import { DateTime } from 'luxon'"],
  ['workflows/ticket/stages/a.ts', "import { randomUUID } from 'node:crypto'"],
  ['workflows/ticket/stages/a.ts', "import { project } from '../../../activities/ticket.ts'"],
  ['workflows/ticket/stages/a.ts', "import { type project } from '../../../activities/ticket.ts'"],
  ['workflows/ticket/stages/a.ts', "import type { Database } from '../../../db/schema.ts'"],
  ['workflows/ticket/stages/a.ts', "import { checkCustomer } from '../../../domain/customer.ts'"],
  ['workflows/ticket/stages/a.ts', "import { parseProfile } from '../../../domain/profile/load.ts'"],
  ['workflows/ticket/ticket.workflow.ts', "import { Client } from '@temporalio/client'"],
  ['workflows/shell/run-process.ts', "import { project } from '../../activities/ticket.ts'"],
  ['db/a.ts', "import { ticketProcess } from '../workflows/ticket/process.ts'"],
  ['db/a.ts', "import { createApp } from '../api/app.ts'"],
  ['db/a.ts', "import { Client } from '@temporalio/client'"],
  ['activities/a.ts', "import { createApp } from '../api/app.ts'"],
  ['activities/a.ts', "import { ticket } from '../workflows/ticket/ticket.workflow.ts'"],
  ['activities/a.ts', "import { Client } from '@temporalio/client'"],
  ['api/routes/a.ts', "import { Client } from '@temporalio/client'"],
  ['api/routes/a.ts', "import type { Client } from '@temporalio/client'"],
  ['api/a.ts', "import { project } from '../activities/ticket.ts'"],
  ['api/a.ts', "import { start } from '../worker/main.ts'"],
  ['api/a.ts', "import { ApplicationFailure } from '@temporalio/common'"],
  ['gateway/a.ts', "import { problem } from '../api/problems/problem.ts'"],
  ['worker/a.ts', "import { createApp } from '../api/app.ts'"],
  ['processes/hosting.ts', "import { subjectsOf } from './subject.ts'"],
  ['processes/hosting.ts', "import { z } from 'zod'"],
  ['processes/a.ts', "import { createGateway } from '../gateway/gateway.ts'"],
  ['api/operations/a.ts', "import { registryOf } from '../../processes/registry.ts'"],
  ['api/a.ts', "import { ticket } from '../workflows/ticket/ticket.workflow.ts'"],
  ['gateway/gateway.ts', "import { Worker } from '@temporalio/worker'"],
  ['runtime/a.ts', "import { connect } from '../db/connect.ts'"],
  ['runtime/a.ts', "import { ticketProcess } from '../workflows/ticket/process.ts'"],
  ['delivery/a.ts', "import { fill } from '../api/messages/render.ts'"],
  ['delivery/a.ts', "import { ticketProcess } from '../workflows/ticket/process.ts'"],
  ['delivery/a.ts', "import { Client } from '@temporalio/client'"],
  ['cli/a.ts', "import { servers } from '../test/support/servers.ts'"],
  ['worker/a.ts', "import { condition } from '@temporalio/workflow'"],
  // Patterns that take ever longer.
  ['domain/a.ts', 'export const trailing = /[^\\S\\n]+$/gm'],
  ['api/a.ts', 'export const twice = /^\\s*\\s*x$/'],
  ['api/a.ts', 'export const within = /^(?:a+)+$/'],
  ['delivery/a.ts', "export const made = new RegExp('x*x*$', 'u')"],
]

const allowed: readonly [file: string, line: string][] = [
  ['api/views/a.ts', "import { isCustomerOf } from '../access/access.ts'"],
  ['api/operations/a.ts', "import { stepSchema } from '../views/ticket-step-schemas.ts'"],
  ['processes/hosting.ts', "import type { Subject } from './subject.ts'"],
  ['processes/hosting.ts', "import type { z } from 'zod'"],
  ['api/problems/a.ts', "import type { Env } from '../http/env.ts'"],
  ['api/commands/a.ts', "import type { Context } from '../deps.ts'"],
  ['domain/a.ts', "import { z } from 'zod'"],
  ['domain/a.ts', 'export const leading = /^\\s+/'],
  ['api/a.ts', 'export const token = /"(?:[^"\\\\]|\\\\.)*"/y'],
  ['domain/document/a.ts', "import { parseDocument } from 'yaml'"],
  ['domain/profile/a.ts', "import { plus } from '../instant.ts'"],
  ['domain/a.ts', "import type { Customer } from './customer.ts'"],
  ['domain/customer.ts', "import { readPhone } from './contact/phone.ts'"],
  ['domain/contact/phone.ts', "import parse from 'libphonenumber-js/max'"],
  ['workflows/common/clocks.ts', "import { plus } from '../../domain/instant.ts'"],
  ['workflows/common/clocks.ts', "import { z } from 'zod'"],
  ['workflows/ticket/ticket.workflow.ts', "import { condition } from '@temporalio/workflow'"],
  ['workflows/ticket/ticket.workflow.ts', "import type * as activities from '../../activities/ticket.ts'"],
  ['workflows/shell/run-process.ts', "import { condition } from '@temporalio/workflow'"],
  ['workflows/index.ts', "export * from './ticket/ticket.workflow.ts'"],
  ['db/a.ts', "import type { TicketState } from '../workflows/ticket/state.ts'"],
  ['db/a.ts', "import { Kysely } from 'kysely'"],
  ['activities/a.ts', "import { ApplicationFailure } from '@temporalio/common'"],
  ['activities/a.ts', "import { ticketProcess } from '../workflows/ticket/process.ts'"],
  ['gateway/gateway.ts', "import { Client } from '@temporalio/client'"],
  ['gateway/a.ts', "import { ApplicationFailure } from '@temporalio/common'"],
  ['worker/a.ts', "import { createGateway } from '../gateway/gateway.ts'"],
  ['api/routes/a.ts', "import { ticketProcess } from '../../workflows/ticket/process.ts'"],
  ['api/routes/a.ts', "import { Hono } from 'hono'"],
  ['api/a.ts', "import type { ticket } from '../workflows/ticket/ticket.workflow.ts'"],
  ['runtime/a.ts', "import { Connection } from '@temporalio/client'"],
  ['delivery/a.ts', "import { createTransport } from 'nodemailer'"],
  ['delivery/a.ts', "import { findTicket } from '../db/tickets.ts'"],
  ['worker/a.ts', "import { Worker } from '@temporalio/worker'"],
  ['cli/a.ts', "import { createApp } from '../api/app.ts'"],
]

/** Cases on the same file lie in different projects; `a.ts` stands for any file of its folder. */
const cases = [...refused, ...allowed].map(([name, line], at) => ({ file: name.replace(/\ba\.ts$/, `a${at}.ts`), line }))
const projectOf = cases.map(({ file }, at) => cases.slice(0, at).filter((earlier) => earlier.file === file).length)

let folder = ''
let faulty = new Set<string>()
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bihuan-lint-'))
  const projects = [...new Set(projectOf)].map((project) => join(folder, String(project)))
  // Types are not at stake here, and would need the whole project.
  const settings = { ...z.looseObject({}).parse(JSON.parse(await readFile('.oxlintrc.json', 'utf8'))), options: {} }
  for (const project of projects) {
    await write(join(project, '.oxlintrc.json'), JSON.stringify(settings))
    await cp('lint', join(project, 'lint'), { recursive: true })
    await symlink(join(process.cwd(), 'node_modules'), join(project, 'node_modules'))
  }
  await Promise.all(cases.map(({ file, line }, at) => write(join(folder, String(projectOf[at]), file), `${line}\n`)))
  faulty = new Set((await Promise.all(projects.map(refusedFiles))).flat())
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the rules of our own', () => {
  it.each(refused.map(([file, line], at) => [file, line, at] as const))('%s may not: %s', (_file, _line, at) => {
    expect(faulty).toContain(place(at))
  })

  it.each(allowed.map(([file, line], at) => [file, line, at + refused.length] as const))('%s may: %s', (_file, _line, at) => {
    expect(faulty).not.toContain(place(at))
  })
})

function place(at: number): string {
  return join(folder, String(projectOf[at]), cases[at]?.file ?? '')
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

/** The files of a project in which something is refused by a rule of our own. Anything but a report of the linter is an error. */
async function refusedFiles(project: string): Promise<string[]> {
  const oxlint = join(process.cwd(), 'node_modules/.bin/oxlint')
  const run = await promisify(execFile)(oxlint, ['-f', 'json', '--ignore-pattern', 'node_modules', '.'], { cwd: project }).catch(
    (error: unknown) => error,
  )
  const { stdout } = z.object({ stdout: z.string() }).parse(run)
  const { diagnostics } = z.object({ diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })) }).parse(JSON.parse(stdout))
  return diagnostics
    .filter(({ code }) => code.includes('import-table') || code.includes('backtracking'))
    .map(({ filename }) => join(project, filename))
}
