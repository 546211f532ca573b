import pg from 'pg'

/** The unique index by which of several that make an entry of one customer the first does. */
const contestedKeys = 'customer_keys_first'
/** By these nothing refers to an entry that is gone meanwhile: it went with the ticket that had made it, whose customer was corrected. */
const references: readonly string[] = ['tickets_customer_entry_fkey', 'customer_keys_customer_fkey']

/** Does what takes something that only one can have, again where somebody else took it at that moment: then it is told, or found. */
export async function contesting<T>(work: () => Promise<T>, triesLeft = contests): Promise<T> {
  return work().catch((error: unknown) => {
    if (triesLeft > 0 && isContested(error)) return contesting(work, triesLeft - 1)
    throw error
  })
}

/** Whether somebody else has made what was to be made, or taken away what was found: nothing of the work has happened, and now that can be seen. */
export function isContested(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return false
  const { code, constraint = '' } = error
  return (
    (code === uniqueViolation && constraint === contestedKeys) ||
    (code === foreignKeyViolation && references.includes(constraint)) ||
    code === deadlock
  )
}

const uniqueViolation = '23505'
const foreignKeyViolation = '23503'
/** Of two that make entries and teach others at once, each may have what the other waits for. */
const deadlock = '40P01'
/** Each time somebody else was first at something that the time before nobody had. */
const contests = 5
