import { bareStep } from '../baseline/bare.ts'
import type { Figure } from '../harness/figure.ts'
import { withPair } from '../harness/pair.ts'
import { alternating, baselineToOurs, compared, latencies, quantile, rounded, timed } from '../harness/rounds.ts'
import { inHand, update } from '../harness/tickets.ts'

/** Latency of one command through HTTP, alone and among twenty, against the bare Update. */
export const step: Figure = async ({ world, say, report, quick }) => {
  await withPair(world, 'step', async ({ desk, bare }) => {
    say('preparing tickets')
    const numbers: string[] = []
    await timed(tickets, tickets, async () => numbers.push(await inHand(desk)))
    const handles = await Promise.all(Array.from({ length: tickets }, () => bare.start(Number.MAX_SAFE_INTEGER)))
    for (const atOnce of [1, tickets]) {
      const steps = (quick ? 30 : 100) * (atOnce === 1 ? 1 : 3)
      const sides = {
        ours: () => latencies(steps, atOnce, (index) => update(desk, numbers[index % tickets] ?? '')),
        baseline: () => latencies(steps, atOnce, (index) => bareStep(handles[index % tickets])),
      }
      await alternating(1, sides)
      const rounds = await alternating(quick ? 2 : 5, sides)
      for (const share of [0.5, 0.95, 0.99]) {
        const figures = rounds.map(({ ours, baseline }) => ({ ours: quantile(ours, share), baseline: quantile(baseline, share) }))
        report({ name: `step.p${rounded(share * 100)}`, unit: 'ms', ...compared(figures, baselineToOurs), atOnce, stepsARound: steps })
      }
    }
  })
}

const tickets = 20
