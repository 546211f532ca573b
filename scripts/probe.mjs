/*
 * `node scripts/probe.mjs URL` ends with 0 when the address answers well within three seconds, else with 1 and the reason.
 * For container health checks: the image has no curl, and the whole CLI would be much for a question every few seconds.
 */
import process from 'node:process'

try {
  const answer = await fetch(process.argv[2] ?? '', { signal: AbortSignal.timeout(3_000) })
  console.log(answer.status, await answer.text())
  process.exitCode = answer.ok ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? (error.cause ?? error).message : error)
  process.exitCode = 1
}
