import { backtracking } from './backtracking.mjs'
import { importTable } from './import-table.mjs'

/** The linter's rules of our own. */
export default { meta: { name: 'bihuan' }, rules: { backtracking, 'import-table': importTable } }
