import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { own } from '../domain/own.ts'
import { loopbackNames } from './host-names.ts'

/** Everything a process of ours takes from its environment, checked once. */
export type Config = {
  /** 0 lets the system choose a free port. */
  port: number
  /** Loopback unless BIHUAN_HOST says otherwise: opening the service to a network is a decision, not a default. */
  host: string
  /** The only names under which our servers may be asked for; undefined: any, for where a proxy or the network decides. */
  hosts: readonly string[] | undefined
  /** `host:port` */
  temporalAddress: string
  temporalNamespace: string
  taskQueue: string
  databaseUrl: string
  /** Absolute path of the data folder. */
  dataDir: string
  /** What contacts and payloads are encrypted with. */
  keys: Secrets
  /** Where mails go; undefined keeps each as a file in the data folder. */
  smtpUrl: string | undefined
  mailFrom: MailSender
  logLevel: LogLevel
  /** Addresses of the Temporal UI, which may ask the API to decode payloads. */
  temporalUis: readonly string[]
  /** Lets the embedded Temporal UI ask without a token; the launcher makes one, on loopback only. */
  uiCodecSecret: string | undefined
  /** Where the worker says whether it lives and is ready, and serves its figures; undefined for nowhere, 0 for any free port. */
  workerPort: number | undefined
  /** How often within 24 hours a customer may do what sends mails. */
  customerLimits: CustomerLimits
  /** How long the API goes on answering after SIGTERM while /ready already turns load balancers away. */
  drainSeconds: number
  /** True when the launcher (`bihuan start`) runs this process with a Postgres and a Temporal of its own, on loopback. */
  embedded: boolean
}

/** Keys of 32 bytes. The first encrypts, every one decrypts: put a new one in front to rotate. */
export type Secrets = readonly [Buffer, ...Buffer[]]

export type CustomerLimits = {
  /** Tickets that they register. */
  registrations: number
  /** Acts on tickets that they have. */
  acts: number
}

/** Whom mails come from. */
export type MailSender = { name: string; address: string }

/** What the launcher takes: the parts that are not given, it starts itself. */
export type LauncherConfig = Omit<Config, 'temporalAddress' | 'databaseUrl' | 'keys' | 'uiCodecSecret' | 'embedded'> & {
  temporalAddress: string | undefined
  databaseUrl: string | undefined
  keys: Secrets | undefined
}

export type Environment = Readonly<Record<string, string | undefined>>
export type LogLevel = z.infer<typeof logLevels>

/** The environment is wrong; the message names each variable, what is wrong with it and the remedy. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads the environment of `bihuan api` and `bihuan worker`.
 * @throws ConfigError naming every variable that is missing or wrong
 */
export function readConfig(env: Environment = process.env): Config {
  return fromEnvironment(serviceEnvironment, env)
}

/**
 * Reads the environment of `bihuan start`, where Temporal, Postgres and the key may be absent.
 * @throws ConfigError naming every variable that is wrong
 */
export function readLauncherConfig(env: Environment = process.env): LauncherConfig {
  return fromEnvironment(launcherEnvironment, env)
}

/**
 * The database alone, for commands that need nothing else; undefined when none is given.
 * @throws ConfigError when what is given is no URL of one
 */
export function readDatabaseUrl(env: Environment = process.env): string | undefined {
  return fromEnvironment(z.object({ DATABASE_URL: postgresUrl.optional() }), env).DATABASE_URL
}

/** The data folder alone, for commands that need nothing else. */
export function readDataDir(env: Environment = process.env): string {
  return fromEnvironment(z.object({ BIHUAN_DATA: dataDir }), env).BIHUAN_DATA
}

/** Keys as they stand in BIHUAN_KEY or in the key file: each base64 of 32 bytes, between them commas or line ends. */
export const encryptionKeys = z.string().transform((text, context): Secrets => {
  const [first, ...others] = text
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map((part) => ({ part, key: Buffer.from(part, 'base64') }))
  const wrong = [first, ...others].findIndex((one) => one?.key.length !== 32 || unpadded(one.key.toString('base64')) !== unpadded(one.part))
  if (first && wrong === -1) return [first.key, ...others.map(({ key }) => key)]
  context.addIssue({
    code: 'custom',
    message: `must be base64 of exactly 32 bytes${others.length > 0 ? ` in each key; key ${wrong + 1} is not` : ''}. Make one with: openssl rand -base64 32`,
  })
  return z.NEVER
})

function unpadded(base64: string): string {
  return base64.replace(/={1,2}$/, '')
}

const logLevels = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
  error: 'must be one of trace, debug, info, warn, error, fatal, silent. Leave it out for info',
})

const port = (left: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, `must be a whole number from 0 to 65535. ${left}; 0 takes any free port`)
    .transform(Number)
    .refine((value) => value <= 65_535, `must be at most 65535. ${left}; 0 takes any free port`)

const drainSeconds = z
  .string()
  .regex(/^(?:\d|[1-5]\d|60)$/, 'must be a whole number of seconds from 0 to 60. Leave it out for 0')
  .transform(Number)
  .default(0)

/** How often a day; generous for a person, little for a program. */
const timesADay = (usual: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,5}$/, `must be a whole number from 1 to 999999. Leave it out for ${usual}`)
    .transform(Number)
    .default(usual)

const address = z
  .string()
  .regex(/^[^\s:/]+:\d{1,5}$|^\[[0-9a-fA-F:]+\]:\d{1,5}$/, 'must be host:port without a scheme, such as 127.0.0.1:7233')

const postgresUrl = z.string().refine((value) => hasScheme(value, ['postgres:', 'postgresql:']), {
  message: 'must be a URL such as postgres://user:password@host:5432/bihuan',
})

const smtpUrl = z.string().refine((value) => hasScheme(value, ['smtp:', 'smtps:']), {
  message: 'must be a URL such as smtp://user:password@host:587. Leave it out to keep each mail as a file in the data folder',
})

const mailFrom = z.string().transform((text, context): MailSender => {
  const [, quoted, plain, inside] = /^(?:"([^"]*)"[ \t]{0,9}|([^"<>]*))<([^<>]+)>$/.exec(text.trim()) ?? []
  const sender = { name: quoted ?? plain?.trim() ?? '', address: (inside ?? text).trim() }
  if (senderAddress.test(sender.address) && !/\p{Cc}/u.test(text)) return sender
  context.addIssue({ code: 'custom', message: 'must be an address such as support@example.com or 客服中心 <support@example.com>' })
  return z.NEVER
})
/** `bihuan@localhost` is one too: not every mail leaves the house. */
const senderAddress = /^[^\s@<>"(),:;]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?$/

/** What browsers call a page's origin: scheme, host and port. */
const origins = z.string().transform((text, context): string[] => {
  const parts = text.split(',').map((part) => part.trim())
  if (parts.every((part) => hasScheme(part, ['http:', 'https:']))) return parts.map((part) => new URL(part).origin)
  context.addIssue({
    code: 'custom',
    message:
      'must be the URL of the Temporal UI, such as https://temporal.example.com; several are separated by commas. Leave it out where there is none',
  })
  return z.NEVER
})

/** Names as they stand in a Host header, without the port. */
const hostNames = z.string().transform((text, context): string[] => {
  const names = text.split(',').map((part) => part.trim().toLowerCase())
  if (names.every((name) => /^[a-z\d.-]+$|^\[[\da-f:.]+\]$/.test(name))) return names
  context.addIssue({
    code: 'custom',
    message:
      'must be host names without scheme and port, such as tickets.example.com; several are separated by commas. Leave it out for loopback alone',
  })
  return z.NEVER
})

const dataDir = z
  .string()
  .default('.bihuan')
  .transform((value) => resolve(value))

const common = {
  PORT: port('Leave it out for 3000').default(3000),
  BIHUAN_HOST: z.string().default('127.0.0.1'),
  BIHUAN_HOSTS: hostNames.optional(),
  TEMPORAL_NAMESPACE: z
    .string()
    .regex(/^[\w.-]+$/, 'may hold only letters, digits, dot, dash and underscore. Leave it out for "default"')
    .default('default'),
  BIHUAN_TASK_QUEUE: z.string().default('bihuan'),
  BIHUAN_DATA: dataDir,
  BIHUAN_TEMPORAL_UI: origins.optional(),
  SMTP_URL: smtpUrl.optional(),
  BIHUAN_MAIL_FROM: mailFrom.optional(),
  LOG_LEVEL: logLevels.default('info'),
  BIHUAN_WORKER_PORT: port('Leave it out for no such port').optional(),
  BIHUAN_DRAIN_SECONDS: drainSeconds,
  BIHUAN_CUSTOMER_REGISTRATIONS_A_DAY: timesADay(20),
  BIHUAN_CUSTOMER_ACTS_A_DAY: timesADay(100),
}

function commonConfig(env: z.infer<z.ZodObject<typeof common>>) {
  return {
    port: env.PORT,
    host: env.BIHUAN_HOST,
    hosts: knownHosts(env.BIHUAN_HOST, env.BIHUAN_HOSTS),
    temporalNamespace: env.TEMPORAL_NAMESPACE,
    taskQueue: env.BIHUAN_TASK_QUEUE,
    dataDir: env.BIHUAN_DATA,
    temporalUis: env.BIHUAN_TEMPORAL_UI ?? [],
    smtpUrl: env.SMTP_URL,
    mailFrom: env.BIHUAN_MAIL_FROM ?? defaultSender(env.SMTP_URL),
    logLevel: env.LOG_LEVEL,
    workerPort: env.BIHUAN_WORKER_PORT,
    drainSeconds: env.BIHUAN_DRAIN_SECONDS,
    customerLimits: { registrations: env.BIHUAN_CUSTOMER_REGISTRATIONS_A_DAY, acts: env.BIHUAN_CUSTOMER_ACTS_A_DAY },
  }
}

/** Always under the machine's own names too: probes and the launcher ask there. */
function knownHosts(host: string, names: readonly string[] | undefined): readonly string[] | undefined {
  return names || isLoopback(host) ? [...loopbackNames, ...(names ?? [])] : undefined
}

/** Most providers let an account send as itself only, so its login, where that is an address, is what they will take. */
function defaultSender(smtp: string | undefined): MailSender {
  const login = smtp === undefined ? '' : decodeURIComponent(new URL(smtp).username)
  return { name: '闭环 Bihuan', address: senderAddress.test(login) ? login : 'bihuan@localhost' }
}

const serviceEnvironment = z
  .object({
    ...common,
    TEMPORAL_ADDRESS: address,
    DATABASE_URL: postgresUrl,
    BIHUAN_KEY: encryptionKeys,
    BIHUAN_EMBEDDED: z.literal('1', 'is set by the launcher alone. Leave it out').optional(),
    BIHUAN_UI_CODEC_SECRET: z.string().min(32, 'is set by the launcher alone. Leave it out').optional(),
  })
  .superRefine((env, context) => {
    // Whoever reaches the API could try to guess it, and whoever reaches the UI is told it.
    if (env.BIHUAN_UI_CODEC_SECRET === undefined || (env.BIHUAN_EMBEDDED === '1' && isLoopback(env.BIHUAN_HOST))) return
    context.addIssue({
      code: 'custom',
      path: ['BIHUAN_UI_CODEC_SECRET'],
      message: 'is for servers that come along, on loopback only. Leave it out; the Temporal UI passes the access token of who uses it',
    })
  })
  .transform((env) => ({
    ...commonConfig(env),
    temporalAddress: env.TEMPORAL_ADDRESS,
    databaseUrl: env.DATABASE_URL,
    keys: env.BIHUAN_KEY,
    uiCodecSecret: env.BIHUAN_UI_CODEC_SECRET,
    embedded: env.BIHUAN_EMBEDDED === '1',
  }))

const launcherEnvironment = z
  .object({
    ...common,
    TEMPORAL_ADDRESS: address.optional(),
    DATABASE_URL: postgresUrl.optional(),
    BIHUAN_KEY: encryptionKeys.optional(),
  })
  .transform((env) => ({
    ...commonConfig(env),
    temporalAddress: env.TEMPORAL_ADDRESS,
    databaseUrl: env.DATABASE_URL,
    keys: env.BIHUAN_KEY,
  }))

/** What to do about a variable that has no default and is not there. */
const whenMissing: Readonly<Record<string, string>> = {
  TEMPORAL_ADDRESS: 'is not set. Give the Temporal server as host:port, or run `bihuan start`, which brings its own',
  DATABASE_URL:
    'is not set. Give the Postgres database as postgres://user:password@host:5432/bihuan, or run `bihuan start`, which brings its own',
  BIHUAN_KEY: 'is not set. Every api and worker needs the same one: base64 of 32 bytes. Make one with: openssl rand -base64 32',
}

/** Values that a message must never repeat. */
const secrets = ['BIHUAN_KEY', 'BIHUAN_UI_CODEC_SECRET', 'DATABASE_URL', 'SMTP_URL'] as const
const secret: ReadonlySet<string> = new Set(secrets)

/**
 * The variables as given: without the empty ones (compose files and CI pass `NAME=` for "not set"), and with each secret
 * that stands in a file, named by `…_FILE`, read from there.
 */
function givenIn(env: Environment): Record<string, string> {
  const given = Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1])))
  for (const name of secrets) {
    const file = given[`${name}_FILE`]
    if (file === undefined) continue
    if (given[name] !== undefined) throw unusable([`${name} and ${name}_FILE are both set: leave one of them out`])
    try {
      given[name] = new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)).trim()
    } catch (error) {
      throw unusable([`${name}_FILE cannot be read: ${error instanceof Error ? error.message : String(error)}`])
    }
    if (given[name] === '') throw unusable([`${name}_FILE names ${file}, which is empty`])
  }
  return given
}

function unusable(problems: readonly string[]): ConfigError {
  return new ConfigError(`The environment is not usable.\n${problems.map((line) => `  - ${line}.`).join('\n')}`)
}

/** Every variable that is read, for documentation and for checking what a deployment sets. */
export const environmentVariables: readonly string[] = Object.keys(serviceEnvironment.in.shape).flatMap((name) =>
  secret.has(name) ? [name, `${name}_FILE`] : [name],
)

function fromEnvironment<T>(schema: z.ZodType<T>, env: Environment): T {
  const given = givenIn(env)
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  throw unusable(
    parsed.error.issues.map((issue) => {
      const name = String(issue.path[0] ?? '')
      const value = own(given, name)
      if (value === undefined) return `${name} ${own(whenMissing, name) ?? issue.message}`
      return secret.has(name) ? `${name} ${issue.message}` : `${name} is "${value}": it ${issue.message}`
    }),
  )
}

function hasScheme(value: string, schemes: readonly string[]): boolean {
  return URL.canParse(value) && schemes.includes(new URL(value).protocol)
}

/** Whether only this machine reaches what listens on this host. */
export function isLoopback(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host)
}

/** What lies where in the data folder. */
export function dataPaths(dataDir: string) {
  return {
    dataDir,
    run: join(dataDir, 'run.json'),
    ledger: join(dataDir, 'launcher.json'),
    key: join(dataDir, 'key'),
    temporal: join(dataDir, 'temporal.db'),
    demoTokens: join(dataDir, 'demo-tokens.json'),
    mail: join(dataDir, 'mail'),
    logs: join(dataDir, 'logs'),
  }
}
