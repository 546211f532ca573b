import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const cores = availableParallelism()

/** What the tests of two lanes share: a Postgres and the programs of Temporal. */
const withServers = {
  globalSetup: ['test/support/build-setup.ts', 'test/support/global-setup.ts'],
  pool: 'forks' as const,
  // A first run fetches the servers; a start of everything takes seconds.
  hookTimeout: 180_000,
}

/**
 * Tests of functions: files share a process, so that what they import is loaded once and not a hundred times. No module may keep
 * what another file would notice, and `--sequence.shuffle.files` may change nothing.
 */
const pure = {
  globalSetup: ['test/support/build-setup.ts'],
  isolate: false,
  // A busy machine must not fail a property that is only slow.
  testTimeout: 60_000,
}

/**
 * Of test/integration and test/loan what starts, or kills, the product's own processes or asks much of the machine: another file beside it would take the time
 * that its own parts need. And what lives on a server that skips time, which does not bear a connection that others have kept.
 */
const apart = [
  ...[
    'bench',
    'codec',
    'demo',
    'demo-reports',
    'dev',
    'draining',
    'fuzz',
    'generated-clients',
    'launcher',
    'metrics',
    'older-release',
    'postgres-server',
  ],
  ...[
    'shell-time',
    'requirements/as-it-happened',
    'requirements/assessment',
    'requirements/conditions',
    'requirements/promises',
    'requirements/qms-service',
    'requirements/rehearsal',
    'requirements/samples',
    'requirements/standard-ticket',
    'requirements/time',
  ],
]
  .map((name) => `test/integration/${name}.test.ts`)
  .concat('test/loan/killed-worker.test.ts', 'test/integration/reviews-in-time.test.ts')

export default defineConfig({
  test: {
    // The slowest files come before what vitest closes with. The last line of a run sums it up in a form that machines read.
    reporters: ['./test/support/slowest-reporter.ts', 'default', './test/support/summary-reporter.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/replay/**/*.test.ts'], ...pure } },
      // Offices, a database for each file: the servers they share need a core or so, and while one file waits for them another one works.
      {
        test: {
          ...withServers,
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/loan/**/*.test.ts'],
          exclude: apart,
          sequence: { groupOrder: 1 },
          maxWorkers: Math.max(2, cores),
          testTimeout: 60_000,
          // Files share processes: most of what a short one costs is loading the product. Whoever records needs to know whose ticket it was.
          isolate: process.env['RECORD_HISTORIES'] !== undefined,
        },
      },
      // Killed, or with processes of its own. Much of it is waiting for what is lost to be missed: what a killed part had in hand is given
      // to another one after half a minute, and a busy machine is slow to start things.
      {
        test: {
          ...withServers,
          name: 'faults',
          include: ['test/faults/**/*.test.ts', ...apart],
          sequence: { groupOrder: 2 },
          maxWorkers: Math.max(2, cores),
          testTimeout: 400_000,
        },
      },
    ],
  },
})
