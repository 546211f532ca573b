import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/**
 * The figures of this process for Prometheus: one registry, as there is one log. docs/monitoring.md says what each means.
 * Labels take their values from lists in the code, never from what somebody typed: no personal data, and a known number of series.
 */

const registry = new Registry()
const registers = [registry]

/** How late a deadline was put on record: from its due instant to the instant of its event. */
export const deadlineLateness = new Histogram({
  name: 'bihuan_deadline_lateness_seconds',
  help: 'From the instant a deadline was due to the instant it was put on record',
  labelNames: ['level'],
  // A timer fires within a second; after an outage it is minutes, hours or a weekend.
  buckets: [0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400, 86_400],
  registers,
})

export const httpDuration = new Histogram({
  name: 'bihuan_http_request_duration_seconds',
  help: 'HTTP requests answered by the API, by route, method and class of status',
  labelNames: ['method', 'route', 'status'],
  // A step waits for its workflow up to 20 s.
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20],
  registers,
})

export const steps = new Counter({
  name: 'bihuan_steps_total',
  help: 'Commands given to processes, by their type, what became of them and the code of the problem told',
  labelNames: ['process_type', 'command', 'outcome', 'code'],
  registers,
})

export const noticeAttempts = new Counter({
  name: 'bihuan_notice_attempts_total',
  help: 'Notices taken in hand by delivery, by what became of them',
  labelNames: ['outcome'],
  registers,
})

export const errands = new Counter({
  name: 'bihuan_errands_total',
  help: 'Attempts of the worker to wake processes or to tell them of a calendar, by what became of them',
  labelNames: ['errand', 'outcome'],
  registers,
})

export const contactLookups = new Counter({
  name: 'bihuan_contact_lookups_total',
  help: 'Searches for tickets by a whole phone number or e-mail address, by what became of them',
  labelNames: ['outcome'],
  registers,
})

/** What the rows say of work that is left. Two names say tickets and count processes of every type: alerts rely on them. */
export const backlog = {
  notices: gauge('bihuan_notices', 'Notices not sent: due, held by quiet hours, or dead', ['state']),
  noticeAge: gauge('bihuan_notices_oldest_age_seconds', 'How long the oldest notice has been due, unsent and not held'),
  unstarted: gauge('bihuan_tickets_unstarted', 'Processes accepted whose workflow is not known to run'),
  unstartedAge: gauge('bihuan_tickets_unstarted_oldest_age_seconds', 'Age of the oldest process whose workflow is not known to run'),
  requests: gauge('bihuan_requests_pending', 'Requests without an answer: under way, or asked about in vain', ['state']),
  requestAge: gauge('bihuan_requests_pending_oldest_age_seconds', 'Age of the oldest request under way that nobody has asked about yet'),
  deadlines: gauge('bihuan_deadlines_unsettled', 'Promises whose due instant has passed and is not on record'),
  deadlineAge: gauge('bihuan_deadlines_unsettled_oldest_age_seconds', 'How long ago the earliest of them was due'),
}

/** Unlike the figures of prom-client, which begin anew with each scrape, none of two who scrape takes a hold-up from the other. */
const eventLoopDelay = new Histogram({
  name: 'bihuan_event_loop_delay_seconds',
  help: 'How late a timer came, four times a second: for so long the process could do nothing else',
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  registers,
})

const sourceUp = gauge('bihuan_scrape_source_up', 'Whether the last scrape could read the source of figures (1) or not (0)', ['source'])
const scrapeErrors = new Counter({
  name: 'bihuan_scrape_errors_total',
  help: 'Scrapes that lack the figures of a source',
  labelNames: ['source'],
  registers,
})

function gauge<L extends string = never>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> {
  return new Gauge({ name, help, labelNames: [...labelNames], registers })
}

/** Where figures come from that the process does not keep itself. */
export interface Source {
  readonly name: 'postgres' | 'temporal-sdk'
  /** Brings its gauges up to date, or gives text of its own in Prometheus' format. Rejects when it cannot. */
  read(): Promise<string | void>
  /** Leaves its gauges without a value: none is better than an old one. */
  forget?(): void
}

/** What a scrape is answered with. */
export interface Exposition {
  readonly contentType: string
  readonly text: string
}

/** Prometheus waits ten seconds by default; what the process knows itself must not wait for a source that is away. */
const sourcePatienceMs = 2_000

/** Makes the answer to scrapes, with the usual figures of a process. A source that cannot be read is left out, and said to be. */
export function createScrape(sources: readonly Source[]): () => Promise<Exposition> {
  if (!registry.getSingleMetric('process_cpu_seconds_total')) {
    collectDefaultMetrics({ register: registry })
    watchEventLoop()
  }
  for (const { name } of sources) scrapeErrors.inc({ source: name }, 0)
  return async () => {
    const texts = await Promise.all(sources.map(read))
    return { contentType: registry.contentType, text: [await registry.metrics(), ...texts].join('\n') }
  }
}

const watchEveryMs = 250

function watchEventLoop(): void {
  let expected = performance.now() + watchEveryMs
  setInterval(() => {
    const now = performance.now()
    eventLoopDelay.observe(Math.max(0, now - expected) / 1_000)
    expected = now + watchEveryMs
  }, watchEveryMs).unref()
}

async function read(source: Source): Promise<string> {
  try {
    const text = await within(sourcePatienceMs, source.read())
    sourceUp.set({ source: source.name }, 1)
    return text ?? ''
  } catch {
    source.forget?.()
    sourceUp.set({ source: source.name }, 0)
    scrapeErrors.inc({ source: source.name })
    return ''
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
