import { setTimeout as sleep } from 'node:timers/promises'
import { bareLife } from '../baseline/bare.ts'
import { cpuPer, cpuTimes } from '../harness/cpu.ts'
import type { Figure, Taking } from '../harness/figure.ts'
import { withPair, type Pair } from '../harness/pair.ts'
import { alternating, compared, duringMs, median, oursToBaseline, rounded, timed } from '../harness/rounds.ts'
import { stepsOfLife, wholeLife } from '../harness/tickets.ts'

/**
 * Whole lives a second, twenty at a time: a ticket by the API against a bare workflow with six Updates. First with notices held, as at
 * night; then with the mails that a life is told by, about four.
 */
export const lifecycle: Figure = async (taking) => {
  const { world, quick } = taking
  await withPair(world, 'lifecycle', (pair) => takeRounds(taking, 'lifecycle', pair, quick ? 2 : 8), 'held')
  await withPair(world, 'mails', (pair) => takeRounds(taking, 'lifecycle.mails', pair, quick ? 1 : 4), 'sent')
}

async function takeRounds({ world, say, report, quick }: Taking, name: string, { desk, bare }: Pair, measured: number): Promise<void> {
  const lives = quick ? 40 : 100
  const round = async (side: string, live: () => Promise<unknown>) => {
    await duringMs(afterLifeMs, atOnce, live)
    const before = cpuTimes(world.parts)
    const rate = lives / (await timed(lives, atOnce, live))
    const cpu = cpuPer(lives, before, cpuTimes(world.parts))
    const parts = [...cpu].map(([part, time]) => `${part} ${time.toFixed(1)}`).join(', ')
    say(`${side}: ${rate.toFixed(1)}/s; processor ms a life: ${parts}`)
    await sleep(afterLifeMs)
    return { rate, cpu: cpu.get('all') ?? 0 }
  }
  const sides = { ours: () => round('ours', () => wholeLife(desk)), baseline: () => round('baseline', () => bareLife(bare, bareSteps)) }
  say('warming up')
  await alternating(1, sides)
  const rounds = await alternating(measured, sides)
  const rates = rounds.map(({ ours, baseline }) => ({ ours: ours.rate, baseline: baseline.rate }))
  report({
    name,
    unit: 'lives/s',
    ...compared(rates, oursToBaseline),
    atOnce,
    livesARound: lives,
    updatesOurs: stepsOfLife,
    updatesBaseline: bareSteps,
    processorMsOurs: rounded(median(rounds.map(({ ours }) => ours.cpu))),
    processorMsBaseline: rounded(median(rounds.map(({ baseline }) => baseline.cpu))),
  })
}

const atOnce = 20
/**
 * A life has its after-effects: notices, and what is told to Temporal when acts have ceased. A round begins among those of lives
 * before it, which stand for its own, and leaves the other side a quiet machine.
 */
const afterLifeMs = 6_000
const bareSteps = 6
