import '../workflows/assessment/process.ts'
import '../workflows/report/process.ts'
import '../workflows/review/process.ts'
import '../workflows/sample/process.ts'
import '../workflows/ticket/process.ts'

/**
 * What all workflows of a worker share: our processes with all that they are made of. The SDK loads every other module anew
 * for each ticket, and these took it longer than several steps, and most of a ticket's memory. They are pure, and remember
 * nothing but what they can work out again; what belongs to one workflow stays in `workflows/shell` and `*.workflow.ts`.
 *
 * The SDK freezes shared modules to their depths, so that nobody keeps state in them. A schema would never work again: it
 * completes itself when it is first used, and a pattern notes where it found something. What is frozen already is passed
 * over, so the modules are frozen here, and not what they export.
 */

/** Far fewer than there are. */
const fewest = 50

// Of webpack: the sources in the bundle, and what the SDK has it keep of those that are loaded.
declare const __webpack_modules__: Readonly<Record<string, unknown>>
declare const __webpack_module_cache__: Readonly<Record<string, object | undefined>>

// Ids are paths, from wherever the bundler was called.
const shared = Object.keys(__webpack_modules__).filter(
  (id) => /(?:^|\/)(?:domain|workflows)\/(?!.*node_modules)/.test(id) || /node_modules\/(?:zod|luxon)\//.test(id),
)
const loaded = shared.flatMap((id) => __webpack_module_cache__[id] ?? [])
// Better no worker than one whose tickets refuse every command.
if (loaded.length < fewest) throw new Error(`only ${loaded.length} modules of the processes were found to be shared`)
for (const module of loaded) Object.freeze(module)
