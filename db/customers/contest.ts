import pg from 'pg'

/** The unique index by which of several that make an entry of one customer the first does. */
export const contestedKeys = 'customer_keys_first'

/** Does what takes something that only one can have, again where somebody else took it at that moment: then it is told, or found. */
export async function contesting<T>(work: () => Promise<T>, triesLeft = contests): Promise<T> {
  return work().catch((error: unknown) => {
    if (triesLeft > 0 && isContested(error)) return contesting(work, triesLeft - 1)
    throw error
  })
}

function isContested(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === uniqueViolation && error.constraint === contestedKeys
}

const uniqueViolation = '23505'
/** Each time somebody else was first at something that the time before nobody had. */
const contests = 5
