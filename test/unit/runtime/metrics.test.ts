import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { createScrape } from '../../../runtime/metrics.ts'
import { parsed } from '../../support/prometheus.ts'

const figures = async (sources: Parameters<typeof createScrape>[0] = []) => parsed((await createScrape(sources)()).text)

it('a source that fails leaves a gap, is said to be down, and takes nothing else with it', async () => {
  let forgotten = 0
  const failures = (of: ReturnType<typeof parsed>) => of.value('bihuan_scrape_errors_total', { source: 'postgres' }) ?? 0
  const before = failures(await figures())
  const now = await figures([
    { name: 'postgres', read: () => Promise.reject(new Error('away')), forget: () => (forgotten += 1) },
    { name: 'temporal-sdk', read: () => Promise.resolve('# TYPE temporal_x_total counter\ntemporal_x_total 3\n') },
  ])
  expect(forgotten).toBe(1)
  expect(now.value('temporal_x_total')).toBe(3)
  expect(now.value('bihuan_scrape_source_up', { source: 'postgres' })).toBe(0)
  expect(now.value('bihuan_scrape_source_up', { source: 'temporal-sdk' })).toBe(1)
  expect(failures(now)).toBe(before + 1)
  expect(now.value('process_resident_memory_bytes')).toBeGreaterThan(0)
})

it('a source that hangs is not waited for', async () => {
  const began = Date.now()
  const now = await figures([{ name: 'postgres', read: () => new Promise(() => {}) }])
  expect(Date.now() - began).toBeLessThan(5_000)
  expect(now.value('bihuan_scrape_source_up', { source: 'postgres' })).toBe(0)
})

it('that the process stood still is told, however many scrape', async () => {
  const heldUp = async () => {
    const now = await figures()
    return (
      (now.value('bihuan_event_loop_delay_seconds_count') ?? 0) - (now.value('bihuan_event_loop_delay_seconds_bucket', { le: '0.5' }) ?? 0)
    )
  }
  const before = await heldUp()
  standStill(1_200)
  await vi.waitFor(async () => expect(await heldUp()).toBeGreaterThan(before), { timeout: 5_000 })
  expect(await heldUp()).toBeGreaterThan(before)
})

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

const page = readFileSync('docs/monitoring.md', 'utf8')
const namesIn = (text: string) => new Set([...text.matchAll(/\bbihuan_[a-z_]+[a-z]\b/g)].map(([name]) => name))

it('docs/monitoring.md has every figure that is exported, with its type, and no other', async () => {
  const exported = [...(await figures()).types].filter(([name]) => name.startsWith('bihuan_'))
  const rows = [...page.matchAll(/^\| `(bihuan_\w+)`[^|]*\| (\w+) \|/gm)].map(([, name, type]) => [name, type])
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(exported))
  expect(rows).toHaveLength(exported.length)
  const known = new Set(exported.map(([name]) => name))
  expect([...namesIn(page)].filter((name) => !known.has(family(name)))).toEqual([])
})

it('the alert rules ask for figures that exist, and each is explained', async () => {
  const { types } = await figures()
  const text = readFileSync('docs/prometheus-rules.yaml', 'utf8')
  const { groups } = rulesFile.parse(parse(text))
  const rules = groups.flatMap((group) => group.rules)
  for (const { alert, expr } of rules) {
    for (const name of namesIn(expr)) expect(types.has(family(name)), `${alert}: ${name}`).toBe(true)
    for (const [name] of expr.matchAll(/\btemporal_\w+/g)) expect(page, alert).toContain(`\`${name}\``)
    expect(page, alert).toContain(`\`${alert}\``)
  }
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length)
})

/** A histogram's series are of one family. */
function family(name: string): string {
  return name.replace(/_seconds_(bucket|sum|count)$/, '_seconds')
}

const rulesFile = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Bihuan[A-Za-z]+$/),
          expr: z.string(),
          for: z.string().regex(/^\d+[smh]$/),
          labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
})
