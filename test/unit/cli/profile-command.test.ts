import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseProfile } from '../../../domain/profile/load.ts'
import { builtCli } from '../../support/launcher.ts'

/** Profiles in files, on a machine on which no product runs. */

/** Starting the command takes a second, and several on a busy machine. */
const patience = { timeout: 60_000 }

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bihuan-profiles-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const hotel = readFileSync('docs/examples/hotel.yaml', 'utf8')

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

function profile(...words: readonly string[]) {
  return execa(process.execPath, [builtCli, 'profile', ...words], { reject: false, cwd: folder })
}

describe('X9: bihuan profile', patience, () => {
  it('X9: check finds bases beside the file before those that ship, in YAML and JSON', async () => {
    const text = hotel.replace('extends: base@3', 'extends: house')
    written('inn.yaml', text)
    expect(await profile('check', 'inn.yaml')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(
        'inn.yaml:6: extends: there is no "house" to extend; write one of base, internet-company, qms-service, standard-ticket, tech-support',
      ),
    })
    written(
      'house.json',
      JSON.stringify({
        id: 'house',
        version: 3,
        template: true,
        extends: 'base',
        label: { 'zh-CN': '甲', 'zh-TW': '甲', en: 'A' },
        callback: { attempts: 9 },
      }),
    )
    expect((await profile('check', 'house.json', '--lang', 'zh-TW')).stdout).toMatch(/^house\.json: 沒有錯誤。/)
    expect(await profile('check', 'house.json')).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('house.json: good.') })
    expect(await profile('check', 'inn.yaml')).toMatchObject({ exitCode: 0, stderr: '' })
    const { stdout } = await profile('show', 'inn.yaml', '--why')
    expect(stdout).toMatch(/^callback: \{ attempts: 9 \} # house@3:1$/m)
    expect(stdout).toMatch(/^reopeningWindow: P7D # base@3:\d+$/m)
    written('house.json', '{')
    expect(await profile('check', 'inn.yaml')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('"house" is faulty itself') })
  })

  it('X13: check warns of what would be forgotten, with line and remedy; --strict makes it an error', async () => {
    written('sound.yaml', hotel)
    written('warned.yaml', hotel.replace('remove:\n', 'remove:\n  - clocks.deferral\n'))
    const [sound, warned, strict] = await Promise.all([
      profile('check', 'sound.yaml', '--strict'),
      profile('check', 'warned.yaml', '--lang', 'zh-CN'),
      profile('check', 'warned.yaml', '--strict'),
    ])
    expect(sound).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^sound\.yaml: good\. /) })
    expect(warned).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^warned\.yaml:\d+: 警告：clocks: 延期后的新期限没有时钟计时并提醒同事；请添加以 deferred 开始的时钟/),
      stdout: expect.stringMatching(/^warned\.yaml: 没有错误，有 1 条警告。/),
    })
    expect(strict).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^warned\.yaml:\d+: warning: clocks: no clock measures the deadline that a deferral announces/),
    })
  })

  it('X9: files that extend each other are refused', async () => {
    written('one.yaml', hotel.replace('id: hotel', 'id: one').replace('base@3', 'two'))
    written('two.yaml', hotel.replace('id: hotel', 'id: two').replace('base@3', 'one'))
    expect(await profile('check', 'one.yaml')).toMatchObject({
      exitCode: 1,
      stderr: 'one.yaml:6: extends: extends in a circle (one → two → one); leave extends out of one of them',
    })
  })

  it('X9: show prints what is installed, and a faulty one is told instead', async () => {
    written('hotel.yaml', hotel)
    const [whole, shipped, bad, unknown] = await Promise.all([
      profile('show', 'hotel.yaml'),
      profile('show', 'tech-support@6'),
      profile('show', written('bad.yaml', hotel.replace('PT12H', 'PT12h')), '--lang', 'zh-TW'),
      profile('show', 'hotel'),
    ])
    expect(parseProfile(whole.stdout)).toMatchObject({ ok: true, profile: { id: 'hotel', reopeningWindow: 'P7D' } })
    expect(parse(shipped.stdout)).toMatchObject({ id: 'tech-support', callback: { attempts: 3 } })
    expect(bad).toMatchObject({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/^bad\.yaml:\d+: clocks\[4\]\.within: 「PT12h」不是時長/),
    })
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringMatching(/"hotel" does not ship with the product: .*hotel\.yaml/) })
  })

  it('X9: diff says what changes, in three languages', async () => {
    written('hotel.yaml', hotel)
    const told = async (lang: string) => (await profile('diff', 'standard-ticket', 'hotel.yaml', '--lang', lang)).stdout
    const [simplified, traditional, english] = await Promise.all([told('zh-CN'), told('zh-TW'), told('en')])
    expect(english).toMatch(/^standard-ticket@6 → hotel@1\n\nGeneral\n/)
    expect(english).toContain('  ~ First response\n      ~ target (Urgent): 15 minutes → 3 minutes\n')
    expect(simplified).toContain('  ~ 首次响应\n      ~ 时限（紧急）：15 分钟 → 3 分钟\n')
    expect(traditional).toContain('  ~ 首次回應\n      ~ 時限（緊急）：15 分鐘 → 3 分鐘\n')
    expect((await profile('diff', 'hotel.yaml', 'hotel.yaml', '--lang', 'en')).stdout).toBe('hotel@1 → hotel@1\nNothing changes.')
  })

  it('X9: schema prints the form of a profile for editors', async () => {
    expect(JSON.parse((await profile('schema')).stdout)).toEqual(JSON.parse(readFileSync('docs/profile.schema.json', 'utf8')))
  })
})
