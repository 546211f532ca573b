/** Mistakes in our own code: there the trace is the message. */
const mistakes = [TypeError, ReferenceError, RangeError, SyntaxError]

/** What the terminal shows of an error: its message for what an operator can mend, with the trace for what only we can. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const wantsTrace = ['debug', 'trace'].includes(process.env['LOG_LEVEL'] ?? '') || mistakes.some((kind) => error instanceof kind)
  return wantsTrace ? (error.stack ?? error.message) : error.message
}
