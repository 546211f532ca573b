import { processes } from '../../processes/index.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { pino } from 'pino'
import { createProfileReader } from '../../processes/policies.ts'
import { sealedContact } from '../../processes/ticket/sealing.ts'
import { keysOf } from '../../db/contact-vault.ts'
import type { Database } from '../../db/schema.ts'
import { startDelivery } from '../../delivery/loop.ts'
import { createDelivery, type Round } from '../../delivery/deliver.ts'
import { smtpTransport } from '../../delivery/smtp.ts'
import type { Transport } from '../../delivery/transport.ts'
import { epochMs, instantOf, plus, type Instant } from '../../domain/instant.ts'
import type { NoticeKind } from '../../domain/notices/kinds.ts'
import type { Notice } from '../../workflows/process.ts'
import { openPostOffice, type PostOffice } from '../support/post-office.ts'
import { techSupport } from '../support/tickets.ts'
import { openDatabase, registered, submitted, ticketsThatTell } from './db-story.ts'
import { noStop } from '../support/no-stop.ts'

/** An outbox with demo people, tickets without Temporal, and a clock that the test sets. */
export interface Outbox {
  readonly db: Kysely<Database>
  readonly folder: string
  /** A ticket with one notice: {@link told} adds more. */
  ticket(data?: TicketData): Promise<string>
  /** Adds a notice to a ticket, as one more event would. */
  told(number: string, notice: Notice): Promise<void>
  /** A worker of its own: calls of it are rounds of delivery. */
  worker(transport: Transport): () => Promise<Round>
  /** The loop of a worker, as it runs until it is stopped. */
  loop(transport: Transport, graceMs: number): ReturnType<typeof startDelivery>
  now(): Instant
  at(instant: Instant): void
  later(duration: string): void
  /** Notices of a ticket in their order. */
  notices(number: string): Promise<NoticeRow[]>
  close(): Promise<void>
}

type NoticeRow = Awaited<ReturnType<typeof noticesOf>>[number]

export interface TicketData {
  readonly contact?: { readonly phone: string | null; readonly email: string | null }
  readonly priority?: string
  readonly representative?: string | null
  readonly assignee?: string | null
  readonly notices?: readonly Notice[]
}

/** Monday, ten o'clock in Shanghai. */
export const morning: Instant = '2026-03-02T02:00:00.000Z'
const keys = keysOf(Buffer.alloc(32, 7))

export async function openOutbox(): Promise<Outbox> {
  const { db, close } = await openDatabase({ furnished: true })
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-outbox-'))
  let ms = epochMs(morning)
  let tickets = 0
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' })
  const delivering = (transport: Transport) => ({
    db,
    keys,
    log,
    transport,
    sender: { name: '客服中心', address: 'support@bihuan.example' },
    clock: { now: () => new Date(ms) },
    processes,
    profileOf: createProfileReader(db),
  })
  return {
    db,
    folder,
    now: () => instantOf(ms),
    at: (instant) => (ms = epochMs(instant)),
    later: (duration) => (ms = epochMs(plus(instantOf(ms), duration))),
    async ticket({ contact = { phone: null, email: 'zhang@example.com' }, notices = [], ...data } = {}) {
      const number = `TS20260302${String(++tickets).padStart(3, '0')}`
      const story = submitted(number, { ticketType: 'software-fault', priority: 'medium', ...data }, instantOf(ms))
      const sealed = sealedContact(keys, number, { name: null, company: null, account: null, ...contact })
      // As the profile is shipped now.
      await registered(
        db,
        story,
        { contact: sealed, profileVersion: techSupport.version },
        ticketsThatTell(() => notices),
      )
      return number
    },
    async told(number, { kind, recipient, params }) {
      const { next } = await db
        .selectFrom('notices')
        .select((row) => row.fn.max('seq').as('next'))
        .where('process', '=', number)
        .executeTakeFirstOrThrow()
      const id = recipient.kind === 'customer' ? null : recipient.kind === 'role' ? `${recipient.role}@${recipient.team}` : recipient.id
      await db
        .insertInto('notices')
        .values({
          process: number,
          seq: (next ?? 0) + 1,
          // Also one that only a newer release knows.
          kind: sql<NoticeKind>`${kind}`,
          recipientKind: recipient.kind,
          recipientId: id,
          params: JSON.stringify(params),
          createdAt: instantOf(ms),
        })
        .execute()
    },
    worker(transport) {
      const deliver = createDelivery(delivering(transport))
      return () => deliver(noStop())
    },
    loop: (transport, graceMs) => startDelivery(delivering(transport), graceMs),
    notices: (number) => noticesOf(db, number),
    async close() {
      await close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function noticesOf(db: Kysely<Database>, number: string) {
  return db.selectFrom('notices').selectAll().where('process', '=', number).orderBy('seq').orderBy('id').execute()
}

/** An outbox, a mail server, and a worker that sends from one to the other. */
export interface Delivering {
  readonly outbox: Outbox
  readonly office: PostOffice
  readonly transport: Transport
  /** One round of a worker. */
  readonly deliver: () => Promise<Round>
  /** As it was at first, for the next test. */
  emptied(): Promise<void>
  close(): Promise<void>
}

export async function openDelivery(): Promise<Delivering> {
  const outbox = await openOutbox()
  const office = await openPostOffice()
  const transport = smtpTransport(office.url)
  return {
    outbox,
    office,
    transport,
    deliver: outbox.worker(transport),
    async emptied() {
      office.mails.length = 0
      office.refused.clear()
      outbox.at(morning)
      await outbox.db.deleteFrom('notices').execute()
    },
    async close() {
      transport.close()
      await office.close()
      await outbox.close()
    },
  }
}

export const toCustomer = { kind: 'customer' } as const
export const person = (id: string) => ({ kind: 'person', id }) as const
export const team = (id: string) => ({ kind: 'team', id }) as const

export function progress(text: string, recipient: Notice['recipient'] = toCustomer): Notice {
  return recipient.kind === 'customer'
    ? { kind: 'progress', recipient, params: { number: 'TS', text } }
    : { kind: 'progress-reported', recipient, params: { number: 'TS', text } }
}
