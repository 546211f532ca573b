import { fileURLToPath } from 'node:url'

/** Bundles of workflows are kept from run to run; a changed source makes a new one. */
export const bundleCache = fileURLToPath(new URL('../../node_modules/.cache/bihuan-tests/cache', import.meta.url))
