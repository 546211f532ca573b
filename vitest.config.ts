import { defineConfig } from 'vitest/config'

/**
 * Tests that share the machine's servers: each file in a process of its own, with a database and a Temporal of its own, two at a
 * time. Much of what they do is waiting: for a killed part to be missed, for a deadline to come.
 */
const withServers = {
  globalSetup: ['test/support/global-setup.ts'],
  pool: 'forks' as const,
  maxWorkers: 2,
  sequence: { groupOrder: 1 },
  // A first run fetches the servers; a start of everything takes seconds.
  hookTimeout: 180_000,
  testTimeout: 60_000,
}

export default defineConfig({
  test: {
    // The last line of a run sums it up in a form that machines read.
    reporters: ['default', './test/support/summary-reporter.ts'],
    projects: [
      // A busy machine must not fail a property that is only slow.
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts', 'test/replay/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts', 'test/loan/**/*.test.ts'], ...withServers } },
      // What a killed part had in hand is given to another one after half a minute, and a busy machine is slow to start things.
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...withServers, testTimeout: 400_000 } },
    ],
  },
})
