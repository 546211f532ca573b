import { expect, it } from 'vitest'
import { sharedMegabytes } from '../../../runtime/postgres-server.ts'

it('the embedded Postgres keeps an eighth of the memory, no less than it would by itself and no more than figures need', () => {
  const gibibyte = 1024 ** 3
  expect([0.5, 2, 4, 8, 24].map((size) => sharedMegabytes(size * gibibyte))).toEqual([128, 256, 512, 1_024, 1_024])
})
