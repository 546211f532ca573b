/** All of them in one bundle, each a type of workflow of its own. */
export { ticket as guarded } from './guarded.ts'
export { ticket as richer } from './richer.ts'
export { ticket as stricter } from './stricter.ts'
export { ticket as unguarded } from './unguarded.ts'
