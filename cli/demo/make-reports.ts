import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { readReportContent } from '../../api/operations/reports.ts'
import { headOf } from '../../db/heads.ts'
import type { Database } from '../../db/schema.ts'
import { instantOf, plus } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { recurringNumber } from '../../domain/recurring/recurring.ts'
import { periodsDue } from '../../domain/recurring/periods.ts'
import { writeFileAtomically } from '../../runtime/files.ts'
import { contentPath, createClient, download, type Client } from '../client.ts'
import { historyProfiles, rulesOf } from './history/births.ts'

/** A report that was made, and where its page is. */
export interface MadeReport {
  readonly number: string
  readonly title: string
  /** What matters most in it. */
  readonly highlights: readonly string[]
  /** Its page, to be opened in a browser. */
  readonly file: string
}

export interface ReportsAsked {
  readonly db: Kysely<Database>
  /** URL of the running API. */
  readonly api: string
  /** By whose rights they are made. */
  readonly token: string
  readonly locale: Locale
  /** Where the pages are written. */
  readonly folder: string
}

/**
 * Makes one report of each kind of both shipped profiles, of the last period that is over, and says where they are. What is there already is
 * left as it is. Waits until what each holds is reckoned; none waits for signatures.
 * @throws Error that says which report was refused, and why
 */
export async function makeReports({ db, folder, ...asked }: ReportsAsked): Promise<readonly MadeReport[]> {
  const { locale } = asked
  const client = createClient(asked)
  const now = instantOf(Date.now())
  const made: MadeReport[] = []
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  for (const id of historyProfiles) {
    const { profile, calendar } = await rulesOf(db, id)
    for (const report of profile.reports ?? []) {
      const reckoned = { ...report, zone: profile.zone, calendar: calendar.calendar }
      const period = periodsDue(reckoned, { after: plus(now, `-${longestPeriod}`), upTo: now }, most).at(-1)
      if (!period) continue
      const number = recurringNumber('report', id, report.id, period.id)
      if (!(await headOf(db, number))) await open(client, { profile: id, report: report.id, period: period.id }, number)
      await reckonedIn(db, number)
      const { highlights } = await client.read(readReportContent, { params: { number } })
      const file = join(folder, `${id}-${report.id}-${period.id}.html`)
      const [title, told] = [`${report.label[locale]} ${period.id}`, highlights.map((sentence) => sentence[locale])]
      writeFileAtomically(file, (await download(asked, contentPath(number, 'html'))).toString(), 0o600)
      made.push({ number, title, highlights: told, file })
    }
  }
  return made
}

/** Within so long a time each kind of report falls due, and no more often than so. */
const longestPeriod = 'P130D'
const most = 200

async function open(client: Client, making: object, number: string): Promise<void> {
  const answer = await client.open('reports', making)
  if (answer.ok) return
  const { title, detail, errors } = answer.refusal
  throw new Error(`${number}: ${[title, detail, ...errors.map(({ path, message }) => `${path}: ${message}`)].join(' · ')}`)
}

/** Whoever looks at once would find nothing in it. */
async function reckonedIn(db: Kysely<Database>, number: string): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await sleep(300)) {
    const head = await headOf(db, number)
    if (head && head.stage !== 'reckoning') return
  }
}

const patienceMs = 60_000
