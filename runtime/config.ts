import { join } from 'node:path'
import { z } from 'zod'
import { fromEnvironment, namesOf, type Environment } from './environment.ts'
import { loopbackNames } from './host-names.ts'
import { encryptionKeys, type Secrets } from './key.ts'
import {
  address,
  dataDir,
  drainSeconds,
  hostNames,
  logLevels,
  mailFrom,
  origins,
  port,
  postgresUrl,
  senderAddress,
  smtpUrl,
  timesADay,
  type MailSender,
} from './variables.ts'

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

export type CustomerLimits = {
  /** Tickets that they register. */
  registrations: number
  /** Acts on tickets that they have. */
  acts: number
}

/** What the launcher takes: the parts that are not given, it starts itself. */
export type LauncherConfig = Omit<Config, 'temporalAddress' | 'databaseUrl' | 'keys' | 'uiCodecSecret' | 'embedded'> & {
  temporalAddress: string | undefined
  databaseUrl: string | undefined
  keys: Secrets | undefined
}

export type LogLevel = z.infer<typeof logLevels>

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

/** Every variable that is read, for documentation and for checking what a deployment sets. */
export const environmentVariables: readonly string[] = Object.keys(serviceEnvironment.in.shape).flatMap(namesOf)

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
