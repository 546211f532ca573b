import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { execa } from 'execa'
import { z } from 'zod'
import { productVersion } from '../runtime/version.ts'

/**
 * `npm run histories:record`: plays every story that the tests tell and stores the histories of its tickets for this
 * version, in place of those recorded before. `--from <folder>` stores what an earlier run left there.
 */

/** Files whose tickets live: the requirements' stories, the demos, the shell, and everything that is killed. */
const storyFiles = [
  'test/integration/requirements/',
  'test/integration/asks.test.ts',
  'test/integration/demo.test.ts',
  'test/integration/promises-outage.test.ts',
  'test/integration/reviews-in-time.test.ts',
  'test/integration/shell',
  'test/faults/',
]

/** Of a story's tickets that lived alike one is stored, and of those that did not, so many. */
const ticketsPerStory = 2
/** Of a ticket's runs: how the first began, how one took over from it, and how the last ended. */
const runsPerTicket = 3

const root = fileURLToPath(new URL('..', import.meta.url))
const library = join(root, 'test', 'replay', 'histories', productVersion)

async function main(): Promise<void> {
  const given = process.argv.indexOf('--from')
  const folder = given === -1 ? mkdtempSync(join(tmpdir(), 'bihuan-histories-')) : process.argv[given + 1]
  if (folder === undefined) throw new Error('--from wants the folder of an earlier recording')
  if (given === -1) await play(folder)
  const { stories, files, bytes } = store(folder)
  console.log(
    `Stored ${files} histories of ${stories} stories in test/replay/histories/${productVersion}, ${Math.round(bytes / 1024)} KiB.`,
  )
  if (given === -1) rmSync(folder, { recursive: true, force: true })
}

async function play(folder: string): Promise<void> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const { exitCode } = await execa(process.execPath, [vitest, 'run', '--project', 'integration', '--project', 'faults', ...storyFiles], {
    cwd: root,
    stdio: 'inherit',
    reject: false,
    env: { RECORD_HISTORIES: folder },
  })
  if (exitCode !== 0) {
    console.error(
      `A story went wrong, so nothing is stored. Mend it and record again; or, if the test alone was at fault (a busy machine), ` +
        `store what was recorded: npm run histories:record -- --from ${folder}`,
    )
    process.exit(1)
  }
}

function store(folder: string): { stories: number; files: number; bytes: number } {
  rmSync(library, { recursive: true, force: true })
  let files = 0
  let bytes = 0
  const stories = [
    ...new Set(
      readdirSync(folder, { recursive: true })
        .map(String)
        .filter((path) => path.endsWith('.json'))
        .map(dirname),
    ),
  ].toSorted()
  if (stories.length === 0) throw new Error(`no histories in ${folder}`)
  for (const story of stories) {
    for (const { name, text } of chosen(join(folder, story))) {
      const zipped = gzipSync(text, { level: 9 })
      const path = join(library, `${story}${name}.json.gz`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, zipped)
      files += 1
      bytes += zipped.length
    }
  }
  return { stories: stories.length, files, bytes }
}

/** Tickets that lived differently, each with some of its runs. */
function chosen(story: string): { readonly name: string; readonly text: string }[] {
  const runs = readdirSync(story).map((file) => {
    const [, ticket = file, run = '1'] = /^(.+)\.(\d+)\.json$/.exec(file) ?? []
    const text = readFileSync(join(story, file), 'utf8')
    return { ticket, run: Number(run), text, shape: shapeOf(text) }
  })
  const lives = new Map<string, typeof runs>()
  for (const ticket of [...new Set(runs.map((run) => run.ticket))].toSorted()) {
    const life = runs.filter((run) => run.ticket === ticket).toSorted((a, b) => a.run - b.run)
    const shape = life.map((run) => run.shape).join('|')
    if (!lives.has(shape)) lives.set(shape, life)
  }
  // The longest tell most.
  const told = [...lives].toSorted(([a], [b]) => b.length - a.length).map(([, life]) => life)
  return told.slice(0, ticketsPerStory).flatMap((life, at) => {
    const some = life.length <= runsPerTicket ? life : [...life.slice(0, runsPerTicket - 1), ...life.slice(-1)]
    return some.map(({ run, text }) => ({ name: `${at === 0 ? '' : `.${at + 1}`}${life.length === 1 ? '' : `.run-${run}`}`, text }))
  })
}

const history = z.object({
  events: z.array(
    z.looseObject({
      eventType: z.string(),
      workflowExecutionUpdateAcceptedEventAttributes: z
        .object({ acceptedRequest: z.object({ input: z.object({ name: z.string() }) }) })
        .optional(),
      activityTaskScheduledEventAttributes: z.object({ activityType: z.object({ name: z.string() }) }).optional(),
    }),
  ),
})

/** What happened to the workflow, without what was said and when. */
function shapeOf(text: string): string {
  return history
    .parse(JSON.parse(text))
    .events.map((event) =>
      [
        event.eventType,
        event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest.input.name,
        event.activityTaskScheduledEventAttributes?.activityType.name,
      ].join(' '),
    )
    .join(',')
}

await main()
