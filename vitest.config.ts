import { defineConfig } from 'vitest/config'

/** Tests that share the machine's servers run one file after another, each in a process of its own. */
const withServers = {
  globalSetup: ['test/support/global-setup.ts'],
  pool: 'forks' as const,
  fileParallelism: false,
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
      { test: { name: 'integration', include: ['test/integration/**/*.test.ts'], ...withServers } },
      // What a killed part had in hand is given to another one after half a minute, and a busy machine is slow to start things.
      { test: { name: 'faults', include: ['test/faults/**/*.test.ts'], ...withServers, testTimeout: 400_000 } },
    ],
  },
})
