import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

/** That figures can be taken. What they come to is in docs/performance.md. */

const figure = z.strictObject({
  ...{ name: z.literal('read'), unit: z.literal('GETs/s'), atOnce: z.number(), readsARound: z.number(), rounds: z.number() },
  ...{ ours: z.number().positive(), baseline: z.number().positive(), ratio: z.number().positive() },
  ...{ ratioMin: z.number().positive(), ratioMax: z.number().positive() },
})

describe('npm run bench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-benched-'))
  chmodSync(folder, 0o711) // The account Postgres runs as must be able to enter.
  const bench = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['scripts/run.mjs', 'bench', ...args], { env: { ...process.env, TMPDIR: folder } })

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  it('starts the product and what it is compared with, says a figure a line, and removes what it brought', async () => {
    const { stdout, stderr } = await bench('--quick', 'read')
    expect(stderr).toContain('done')
    expect(figure.safeParse(JSON.parse(stdout)).error).toBeUndefined()
    expect(readdirSync(folder).filter((name) => name.startsWith('bihuan-'))).toEqual([])
  })

  it('names the figures there are', async () => {
    await expect(bench('speed')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        'There is no figure speed. There are: lifecycle, step, intake, list, read, history, storm, storm.acts, report.',
      ),
    })
  })
})
