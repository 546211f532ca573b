import { bareStep } from '../baseline/bare.ts'
import type { Figure } from '../harness/figure.ts'
import { installConditional } from '../harness/conditional-profile.ts'
import { withPair } from '../harness/pair.ts'
import { alternating, baselineToOurs, compared, latencies, quantile, rounded, timed } from '../harness/rounds.ts'
import { inHand, update } from '../harness/tickets.ts'

/** Latency of one command through HTTP, alone and among twenty, and alone by a profile with conditions, against the bare Update. */
export const step: Figure = async ({ world, say, report, quick }) => {
  await withPair(world, 'step', async ({ office, desk, bare }) => {
    say('preparing tickets')
    const profile = await installConditional(office.databaseUrl)
    const numbers: string[] = []
    const conditional: string[] = []
    await timed(tickets, tickets, async () => numbers.push(await inHand(desk)))
    await timed(tickets, tickets, async () => conditional.push(await inHand(desk, { profile })))
    const handles = await Promise.all(Array.from({ length: tickets }, () => bare.start(Number.MAX_SAFE_INTEGER)))
    for (const { name, of, atOnce } of [
      { name: 'step', of: numbers, atOnce: 1 },
      { name: 'step', of: numbers, atOnce: tickets },
      { name: 'step.conditions', of: conditional, atOnce: 1 },
    ]) {
      const steps = (quick ? 30 : 100) * (atOnce === 1 ? 1 : 3)
      const sides = {
        ours: () => latencies(steps, atOnce, (index) => update(desk, of[index % tickets] ?? '')),
        baseline: () => latencies(steps, atOnce, (index) => bareStep(handles[index % tickets])),
      }
      await alternating(1, sides)
      const rounds = await alternating(quick ? 2 : 5, sides)
      for (const share of [0.5, 0.95, 0.99]) {
        const figures = rounds.map(({ ours, baseline }) => ({ ours: quantile(ours, share), baseline: quantile(baseline, share) }))
        report({ name: `${name}.p${rounded(share * 100)}`, unit: 'ms', ...compared(figures, baselineToOurs), atOnce, stepsARound: steps })
      }
    }
  })
}

const tickets = 20
