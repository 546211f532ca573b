import { serveBaseline } from './baseline/processes.ts'
import { history } from './figures/history.ts'
import { intake } from './figures/intake.ts'
import { lifecycle } from './figures/lifecycle.ts'
import { list } from './figures/list.ts'
import { read } from './figures/read.ts'
import { report } from './figures/report.ts'
import { step } from './figures/step.ts'
import { storm } from './figures/storm.ts'
import { stormActs } from './figures/storm-acts.ts'
import type { Figure } from './harness/figure.ts'
import { hangUp } from './harness/http.ts'
import { openWorld } from './harness/world.ts'

/**
 * `npm run bench [-- figure… --quick]`: takes the figures of docs/performance.md, all or those named. JSON lines on
 * standard output, how it goes on on standard error.
 */

const figures: Readonly<Record<string, Figure>> = { lifecycle, step, intake, list, read, history, storm, 'storm.acts': stormActs, report }

const [first = '', second = ''] = process.argv.slice(2)
if (first === 'bare-worker' || first === 'bare-routes') await serveBaseline(first, second)
else await takeFigures(process.argv.slice(2))

async function takeFigures(args: readonly string[]): Promise<void> {
  const quick = args.includes('--quick')
  const named = args.filter((arg) => arg !== '--quick')
  const unknown = named.find((name) => !(name in figures))
  if (unknown !== undefined) {
    console.error(`There is no figure ${unknown}. There are: ${Object.keys(figures).join(', ')}.`)
    process.exit(2)
  }
  const began = Date.now()
  const say = (message: string) => console.error(`[${((Date.now() - began) / 1_000).toFixed(0).padStart(4)} s] ${message}`)
  say('starting Postgres and Temporal')
  const world = await openWorld(say)
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= world.stop())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop().then(() => process.exit(1)))
  try {
    for (const [name, figure] of Object.entries(figures)) {
      if (named.length > 0 && !named.includes(name)) continue
      await figure({
        world,
        quick,
        say: (message) => say(`${name}: ${message}`),
        report: (line) => console.log(JSON.stringify(line)),
      })
      hangUp()
    }
    say('done')
  } catch (error) {
    // What they still hold back of their logs is written when they end.
    await world.parts.stop()
    for (const line of world.complaints()) console.error(line)
    console.error(error)
    process.exitCode = 1
  } finally {
    await stop()
  }
}
