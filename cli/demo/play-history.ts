import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql, type Kysely } from 'kysely'
import { DateTime } from 'luxon'
import { connect } from '../../db/connect.ts'
import { keysOf } from '../../db/contact-vault.ts'
import type { Database } from '../../db/schema.ts'
import type { Locale } from '../../domain/labels.ts'
import { dataPaths, readDataDir, readLauncherConfig } from '../../runtime/config.ts'
import { keysFromFile, type Secrets } from '../../runtime/key.ts'
import { readRunFile, type RunFile } from '../launcher/run-file.ts'
import { demoTokensIn } from './cast.ts'
import { loadHistory, type Loaded } from './history/load.ts'
import { historyWordsIn, type HistoryWords } from './history/words.ts'
import { makeReports } from './make-reports.ts'
import { createNarrator, standardOutput, type Narrator } from './narrator.ts'
import { wordsIn } from './words/every.ts'

export interface HistoryAsked {
  readonly locale: Locale
  readonly seed: string
}

/**
 * Loads three months of tickets into the product that runs on the data folder, waits until those that are open run, makes a report of each
 * kind, and says where to look.
 * @throws Error that says what to do when the product does not run, or has tickets of real people
 */
export async function playHistory({ locale, seed }: HistoryAsked): Promise<void> {
  const words = historyWordsIn[locale]
  const dataDir = readDataDir()
  const paths = dataPaths(dataDir)
  const running = readRunFile(paths.run)
  if (!running) throw new Error(wordsIn[locale].notRunning(dataDir))
  const tokens = demoTokensIn(paths.demoTokens)
  if (!tokens) throw new Error(wordsIn[locale].noPeople(paths.demoTokens))
  const narrator = createNarrator(standardOutput())
  narrator.title(words.title, words.subtitle)
  narrator.gap()
  const db = connect(running.postgres, { poolSize: 2, applicationName: 'bihuan-demo', statementTimeoutMs: 120_000 })
  try {
    await load(db, { keys: keysFor(paths.key, words), seed, words, narrator, noPeople: wordsIn[locale].noPeople(paths.demoTokens) })
    narrator.remark(words.makingReports)
    const token = tokens['management'] ?? ''
    const made = await makeReports({ db, api: running.api, token, locale, folder: join(dataDir, 'reports') })
    for (const { number, title, highlights, file } of made) {
      narrator.heading(`${title} · ${number}`)
      for (const sentence of highlights) narrator.remark(sentence)
      narrator.facts([[words.page, file]])
    }
  } finally {
    await db.destroy()
  }
  lookAt(narrator, words, running)
}

interface Loading {
  readonly keys: Secrets
  readonly seed: string
  readonly words: HistoryWords
  readonly narrator: Narrator
  readonly noPeople: string
}

async function load(db: Kysely<Database>, { keys, seed, words, narrator, noPeople }: Loading): Promise<void> {
  const began = Date.now()
  const loaded: Loaded = await loadHistory({ db, keys: keysOf(...keys), seed, now: began, begins: () => narrator.remark(words.loading) })
  switch (loaded.result) {
    case 'no-demo-people':
      throw new Error(noPeople)
    case 'others-work-here':
      throw new Error(words.othersWorkHere(loaded.people))
    case 'there-already':
      narrator.remark(words.thereAlready(loaded.tickets))
      return
    case 'loaded': {
      const { tickets, events, open, refused } = loaded
      narrator.remark(words.loaded({ tickets, events, seconds: Math.ceil((Date.now() - began) / 1_000) }))
      if (refused.length > 0) narrator.remark(words.unfinished(refused.length))
      narrator.remark(words.open(open))
      const left = await unstartedLater(db)
      narrator.remark(left === 0 ? words.started : words.stillStarting(left))
      narrator.remark(words.reviews)
    }
  }
}

/** How many are not started yet after as long as anybody waits. */
async function unstartedLater(db: Kysely<Database>): Promise<number> {
  const until = Date.now() + patienceMs
  for (;;) {
    const { left } = await db
      .selectFrom('tickets')
      .select(sql<number>`count(*)::int`.as('left'))
      .where('workflowStartedAt', 'is', null)
      .executeTakeFirstOrThrow()
    if (left === 0 || Date.now() > until) return left
    await sleep(1_000)
  }
}

/** The sweeper starts 200 in a round, a round every few seconds. */
const patienceMs = 90_000

/** What contacts are sealed with here: of the environment or the data folder, as the launcher has it. Made by nobody but the launcher. */
function keysFor(path: string, words: HistoryWords): Secrets {
  const { keys } = readLauncherConfig()
  if (keys) return keys
  if (!existsSync(path)) throw new Error(words.noKey(path))
  return keysFromFile(path).keys
}

function lookAt(narrator: Narrator, words: HistoryWords, { api, temporalUi }: RunFile): void {
  const month = DateTime.now().startOf('month')
  narrator.heading(words.look)
  narrator.facts([
    [
      words.figures,
      `npx bihuan figures attainment --profile tech-support --from ${month.toISODate()} --until ${month.plus({ months: 1 }).toISODate()}`,
    ],
    [words.reports, 'npx bihuan report list'],
    [words.lists, new URL('/api/tickets?open=true', api).href],
    ...(temporalUi === null
      ? []
      : [[words.temporal, `${temporalUi}/namespaces/${process.env['TEMPORAL_NAMESPACE'] || 'default'}/workflows`] as const]),
  ])
}
