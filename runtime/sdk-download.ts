/**
 * Run on its own by server-sources.ts: `sdk-download.ts dev-server|time-skipping FOLDER`. The SDK downloads a server
 * only on the way to starting it, so this starts it and stops it at once. Ends with 1 and the reason when it cannot.
 */
const [, , kind, downloadDir] = process.argv
try {
  if (!downloadDir) throw new Error('sdk-download needs a folder')
  const { TestWorkflowEnvironment } = await import('@temporalio/testing').catch(() => {
    throw new Error('needs the package @temporalio/testing, which is not installed')
  })
  const server = { executable: { type: 'cached-download' as const, downloadDir } }
  const environment =
    kind === 'time-skipping'
      ? await TestWorkflowEnvironment.createTimeSkipping({ server })
      : await TestWorkflowEnvironment.createLocal({ server })
  await environment.teardown()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}

export {}
