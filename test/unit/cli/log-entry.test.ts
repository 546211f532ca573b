import { expect, it } from 'vitest'
import { entryOf } from '../../../cli/launcher/log-entry.ts'

it('understands the lines of our services, of Temporal and of Postgres', () => {
  expect(entryOf('api', '{"level":30,"time":1767225600000,"part":"api","msg":"Listening","port":3000}')).toEqual({
    level: 30,
    time: 1_767_225_600_000,
    part: 'api',
    msg: 'Listening',
    port: 3000,
  })
  expect(entryOf('temporal', '{"time":"2026-01-01T00:00:00Z","level":"ERROR","msg":"disk full"}')).toMatchObject({
    level: 50,
    time: 1_767_225_600_000,
    part: 'temporal',
  })
  expect(entryOf('postgres', '2026-01-01 00:00:00.000 UTC [12] FATAL:  out of memory')).toEqual({
    level: 50,
    time: 1_767_225_600_000,
    part: 'postgres',
    msg: 'out of memory',
  })
})

it('keeps what only machines care about below the usual level, and shows the last words of a crash', () => {
  expect(entryOf('postgres', '2026-01-01 00:00:00.000 UTC [12] LOG:  checkpoint complete').level).toBeLessThan(30)
  expect(entryOf('temporal', '{"level":"WARN","msg":"Failed to poll for task."}').level).toBeLessThan(30)
  expect(entryOf('temporal', 'Temporal Server: 127.0.0.1:7233').level).toBeLessThan(30)
  expect(entryOf('worker', 'Error: cannot find module').level).toBeGreaterThan(40)
})
