import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { keysFromFile } from '../../../runtime/key.ts'
import { readConfig, readDatabaseUrl, readLauncherConfig } from '../../../runtime/config.ts'
import { ConfigError } from '../../../runtime/environment.ts'

const key = Buffer.alloc(32, 7).toString('base64')
const service = { TEMPORAL_ADDRESS: '127.0.0.1:7233', DATABASE_URL: 'postgres://u:p@db:5432/bihuan', BIHUAN_KEY: key }

it('gives a service its defaults, on loopback', () => {
  expect(readConfig(service)).toEqual({
    port: 3000,
    host: '127.0.0.1',
    temporalAddress: '127.0.0.1:7233',
    temporalNamespace: 'default',
    taskQueue: 'bihuan',
    databaseUrl: 'postgres://u:p@db:5432/bihuan',
    dataDir: resolve('.bihuan'),
    keys: [Buffer.alloc(32, 7)],
    temporalUis: [],
    uiCodecSecret: undefined,
    smtpUrl: undefined,
    mailFrom: { name: '闭环 Bihuan', address: 'bihuan@localhost' },
    logLevel: 'info',
    workerPort: undefined,
    drainSeconds: 0,
    customerLimits: { registrations: 20, acts: 100 },
    hosts: ['127.0.0.1', 'localhost', '[::1]'],
    embedded: false,
  })
})

it('is asked for under the names of this machine on loopback, under any elsewhere, and under those that are added', () => {
  const hosts = (env: Record<string, string>) => readConfig({ ...service, ...env }).hosts
  const own = ['127.0.0.1', 'localhost', '[::1]']
  expect(hosts({ BIHUAN_HOST: '0.0.0.0' })).toBeUndefined()
  expect(hosts({ BIHUAN_HOSTS: 'Tickets.example.com, [fd00::1]' })).toEqual([...own, 'tickets.example.com', '[fd00::1]'])
  expect(hosts({ BIHUAN_HOST: '0.0.0.0', BIHUAN_HOSTS: 'tickets.example.com' })).toEqual([...own, 'tickets.example.com'])
  for (const wrong of ['https://tickets.example.com', 'tickets.example.com:443', 'a,,b', '*'])
    expect(
      failure(() => hosts({ BIHUAN_HOSTS: wrong })),
      wrong,
    ).toMatch(/BIHUAN_HOSTS is [^]* must be host names without scheme and port/)
})

it.each([
  ['support@example.com', '', 'support@example.com'],
  ['客服中心 <support@example.com>', '客服中心', 'support@example.com'],
  ['"Support, Asia" <support@example.com>', 'Support, Asia', 'support@example.com'],
])('takes %s for whom mails come from', (given, name, address) => {
  expect(readConfig({ ...service, BIHUAN_MAIL_FROM: given }).mailFrom).toEqual({ name, address })
})

it('lets mails come from the account of the mail server, as most providers demand', () => {
  const { mailFrom } = readConfig({ ...service, SMTP_URL: 'smtps://desk%40example.com:sesame@smtp.example.com' })
  expect(mailFrom.address).toBe('desk@example.com')
  expect(readConfig({ ...service, SMTP_URL: 'smtp://relay:sesame@10.0.0.1:25' }).mailFrom.address).toBe('bihuan@localhost')
})

it.each(['support', '客服中心', 'a@b@c', 'x <y>', '<>', 'a@b.c\r\nBcc: d@e.f', 'n <a@b.c> <d@e.f>'])('refuses %j as a sender', (given) => {
  expect(failure(() => readConfig({ ...service, BIHUAN_MAIL_FROM: given }))).toMatch(/BIHUAN_MAIL_FROM is [^]* must be an address such as/)
})

it('lets the launcher bring what is not given, and takes an empty variable as not given', () => {
  const config = readLauncherConfig({ DATABASE_URL: '', PORT: '0' })
  expect(config).toMatchObject({ port: 0, databaseUrl: undefined, temporalAddress: undefined, keys: undefined })
})

it('names every variable that is missing or wrong, what is wrong with it and the remedy', () => {
  const message = failure(() => readConfig({ PORT: '70000', LOG_LEVEL: 'loud', TEMPORAL_ADDRESS: 'http://temporal:7233' }))
  expect(message).toMatch(/PORT is "70000": it must be at most 65535.*Leave it out for 3000/)
  expect(message).toMatch(/LOG_LEVEL is "loud": it must be one of trace, debug/)
  expect(message).toMatch(/TEMPORAL_ADDRESS is "http:\/\/temporal:7233": it must be host:port without a scheme/)
  expect(message).toMatch(/DATABASE_URL is not set\. Give the Postgres database as/)
  expect(message).toMatch(/BIHUAN_KEY is not set\..*openssl rand -base64 32/)
})

it('never repeats a secret in a message', () => {
  const message = failure(() => readConfig({ BIHUAN_KEY: 'c2hvcnQ=', DATABASE_URL: 'mysql://u:sesame@db/x', TEMPORAL_ADDRESS: 'a:1' }))
  expect(message).toContain('BIHUAN_KEY must be base64 of exactly 32 bytes')
  expect(message).not.toMatch(/sesame|c2hvcnQ/)
})

it('reads a secret from the file that …_FILE names, and refuses what leaves a doubt', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'bihuan-secret-')), 'database-url')
  const { DATABASE_URL, ...others } = service
  writeFileSync(file, `${DATABASE_URL}\n`)
  expect(readConfig({ ...others, DATABASE_URL_FILE: file }).databaseUrl).toBe(DATABASE_URL)
  expect(readDatabaseUrl({ DATABASE_URL_FILE: file })).toBe(DATABASE_URL)
  expect(failure(() => readConfig({ ...service, DATABASE_URL_FILE: file }))).toMatch(/DATABASE_URL and DATABASE_URL_FILE are both set/)
  expect(failure(() => readConfig({ ...others, DATABASE_URL_FILE: '/nowhere' }))).toMatch(/DATABASE_URL_FILE cannot be read: ENOENT/)
  writeFileSync(file, '\n')
  expect(failure(() => readConfig({ ...others, DATABASE_URL_FILE: file }))).toMatch(/DATABASE_URL_FILE names .* which is empty/)
})

it('drains for whole seconds, a minute at most, and gives the worker a port only if asked', () => {
  expect(readConfig({ ...service, BIHUAN_DRAIN_SECONDS: '15', BIHUAN_WORKER_PORT: '0' })).toMatchObject({ drainSeconds: 15, workerPort: 0 })
  expect(readConfig({ ...service, BIHUAN_CUSTOMER_REGISTRATIONS_A_DAY: '5' }).customerLimits).toEqual({ registrations: 5, acts: 100 })
  expect(failure(() => readConfig({ ...service, BIHUAN_CUSTOMER_ACTS_A_DAY: '0' }))).toMatch(
    /BIHUAN_CUSTOMER_ACTS_A_DAY is "0".*1 to 999999/,
  )
  expect(failure(() => readConfig({ ...service, BIHUAN_DRAIN_SECONDS: '61' }))).toMatch(/BIHUAN_DRAIN_SECONDS is "61".*0 to 60/)
  expect(failure(() => readConfig({ ...service, BIHUAN_WORKER_PORT: '65536' }))).toMatch(
    /BIHUAN_WORKER_PORT .*Leave it out for no such port/,
  )
})

it('makes the key file once, for its owner alone, and refuses one that holds no key', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'bihuan-key-')), 'key')
  const first = keysFromFile(path)
  expect(first).toMatchObject({ made: true, keys: [{ length: 32 }] })
  expect(keysFromFile(path)).toEqual({ keys: first.keys, made: false })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  // Rotation: another line in front.
  writeFileSync(path, `${key}\n${first.keys[0].toString('base64')}\n`)
  expect(keysFromFile(path)).toEqual({ keys: [Buffer.from(key, 'base64'), first.keys[0]], made: false })
  writeFileSync(path, 'not a key')
  expect(() => keysFromFile(path)).toThrow(/The key file .* must be base64 of exactly 32 bytes/)
})

it('reads one key or several, the newest first, and says which one is wrong', () => {
  const other = Buffer.alloc(32, 9)
  expect(readConfig({ ...service, BIHUAN_KEY: `${other.toString('base64')}, ${key}` }).keys).toEqual([other, Buffer.from(key, 'base64')])
  for (const wrong of ['c2hvcnQ=', ',', '!'])
    expect(failure(() => readConfig({ ...service, BIHUAN_KEY: wrong }))).toMatch(/BIHUAN_KEY must be/)
  expect(failure(() => readConfig({ ...service, BIHUAN_KEY: `${key},c2hvcnQ=` }))).toContain('key 2 is not')
})

it('lets the Temporal UI decode without a token only where the servers came along, on loopback', () => {
  const BIHUAN_UI_CODEC_SECRET = 's'.repeat(32)
  expect(readConfig({ ...service, BIHUAN_EMBEDDED: '1', BIHUAN_UI_CODEC_SECRET }).uiCodecSecret).toBe(BIHUAN_UI_CODEC_SECRET)
  for (const env of [{}, { BIHUAN_EMBEDDED: '1', BIHUAN_HOST: '0.0.0.0' }]) {
    const message = failure(() => readConfig({ ...service, ...env, BIHUAN_UI_CODEC_SECRET }))
    expect(message).toMatch(/BIHUAN_UI_CODEC_SECRET is for servers that come along, on loopback only/)
    expect(message).not.toContain(BIHUAN_UI_CODEC_SECRET)
  }
  expect(readConfig({ ...service, BIHUAN_TEMPORAL_UI: 'https://ui.example.com/x, http://127.0.0.1:8233' }).temporalUis).toEqual([
    'https://ui.example.com',
    'http://127.0.0.1:8233',
  ])
  expect(failure(() => readConfig({ ...service, BIHUAN_TEMPORAL_UI: 'ui.example.com' }))).toMatch(
    /BIHUAN_TEMPORAL_UI is .* must be the URL/,
  )
})

function failure(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.message
    throw error
  }
  return 'it was accepted'
}
