import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client } from '@temporalio/client'
import { afterEach } from 'vitest'
import { storedForm, type Json } from '../replay/form.ts'

/**
 * Whoever records (`npm run histories:record`) sets this to a folder: then each test file leaves the histories of its
 * tickets there, each under the name of the test in which the ticket was registered. Otherwise nothing of this runs.
 */
const folder = process.env['RECORD_HISTORIES']

/** The tickets on one server, and the way to their histories. */
export interface Source {
  /** With the product's own data converter: what it can read is stored readable. */
  readonly client: Client
  /** Numbers of the tickets whose workflows have started. */
  numbers(): Promise<readonly string[]>
}

export interface Recording {
  /** Leaves the histories as they are now; to be called before the server is stopped. */
  save(): Promise<void>
}

export function recordHistories(source: Source): Recording {
  if (folder === undefined) return { save: async () => {} }
  const stories = new Map<string, string>()
  const look: Look = async (story) => {
    // Where the rows are away just now, the ticket is found after the next test.
    const numbers = await source.numbers().catch(() => [])
    for (const number of numbers) if (!stories.has(number)) stories.set(number, story)
  }
  looks.add(look)
  return {
    async save() {
      looks.delete(look)
      for (const [number, story] of stories) await saveRuns(source.client, number, join(folder, story))
    },
  }
}

/** Bytes. Tests of Temporal's limits fill histories with padding that nobody wants to store, or can fetch. */
const largestHistory = 1_000_000

type Look = (story: string) => Promise<void>
const looks = new Set<Look>()

if (folder !== undefined) {
  afterEach(async ({ task }) => {
    const story = task.suite ? join(slug(task.suite.name), slug(task.name)) : slug(task.name)
    for (const look of looks) await look(join(storyFile(task.file.name), named(task.id, story)))
  }, 60_000)
}

/** The histories of a ticket's runs in their stored form, the first run's first; what comes before one that is too large is left out. */
export async function runsOf(client: Client, number: string): Promise<Json[]> {
  const runs: Json[] = []
  for (let runId: string | undefined; ;) {
    const handle = client.workflow.getHandle(number, runId)
    const { historySize = 0 } = await handle.describe()
    if (historySize > largestHistory) return runs
    const history = await handle.fetchHistory()
    // Where no code has run yet there is nothing to replay, and trying it would wait for ever.
    if (history.events?.some((event) => event.workflowTaskCompletedEventAttributes))
      runs.unshift(await storedForm(history, client.options.loadedDataConverter.payloadCodecs))
    const before = history.events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId
    if (before === undefined || before === null || before === '') return runs
    runId = before
  }
}

/** One file for each run: 1 is the first. */
async function saveRuns(client: Client, number: string, story: string): Promise<void> {
  const runs = await runsOf(client, number)
  await mkdir(story, { recursive: true })
  await Promise.all(runs.map((run, at) => writeFile(join(story, `${number}.${at + 1}.json`), JSON.stringify(run))))
}

/** `test/integration/requirements/work.test.ts` → `requirements/work` */
function storyFile(test: string): string {
  return test.replace(/^test\/(?:integration\/)?/, '').replace(/\.test\.ts$/, '')
}

/** A name for a file, of the first words that name the test. */
function slug(name: string): string {
  const words = (name.match(/[A-Za-z0-9]+/g) ?? []).join('-')
  return words.length <= longestName ? words : words.slice(0, words.lastIndexOf('-', longestName))
}

const longestName = 80

/** The name is the test's own; another one that begins with the same words is numbered. */
function named(test: string, wanted: string): string {
  const owner = names.get(wanted) ?? test
  names.set(wanted, owner)
  return owner === test ? wanted : named(test, `${wanted}-2`)
}

const names = new Map<string, string>()
