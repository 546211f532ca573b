import { defineConfig } from 'vitest/config'

/**
 * Tests that share the machine's servers: each file in a process of its own, with a database and a Temporal of its own, two at a
 * time. Much of what they do is waiting: for a killed part to be missed, for a deadline to come.
 */
const withServers = {
  globalSetup: ['test/support/build-setup.ts', 'test/support/global-setup.ts'],
  pool: 'forks' as const,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
  // A first run fetches the servers; a start of everything takes seconds.
  hookTimeout: 180_000,
  testTimeout: 60_000,
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

export default defineConfig({
  test: {
    // The slowest files come before what vitest closes with. The last line of a run sums it up in a form that machines read.
    reporters: ['./test/support/slowest-reporter.ts', 'default', './test/support/summary-reporter.ts'],
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/replay/**/*.test.ts'], ...pure } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts', 'test/loan/**/*.test.ts'], ...withServers } },
      // What a killed part had in hand is given to another one after half a minute, and a busy machine is slow to start things.
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...withServers, testTimeout: 400_000 } },
    ],
  },
})
