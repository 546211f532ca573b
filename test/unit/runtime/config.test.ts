import { mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { ConfigError, readConfig, readLauncherConfig } from '../../../runtime/config.ts'
import { keyFromFile } from '../../../runtime/key.ts'

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
    key: Buffer.alloc(32, 7),
    smtpUrl: undefined,
    mailFrom: { name: '闭环 Bihuan', address: 'bihuan@localhost' },
    logLevel: 'info',
    workerPort: undefined,
    drainSeconds: 0,
    embedded: false,
  })
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
  expect(config).toMatchObject({ port: 0, databaseUrl: undefined, temporalAddress: undefined, key: undefined })
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

it('makes the key file once, for its owner alone, and refuses one that holds no key', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'bihuan-key-')), 'key')
  const first = keyFromFile(path)
  expect(first).toMatchObject({ made: true, key: { length: 32 } })
  expect(keyFromFile(path)).toEqual({ key: first.key, made: false })
  expect(statSync(path).mode & 0o777).toBe(0o600)
  writeFileSync(path, 'not a key')
  expect(() => keyFromFile(path)).toThrow(/The key file .* must be base64 of exactly 32 bytes/)
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
