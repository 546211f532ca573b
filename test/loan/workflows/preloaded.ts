import './loan/process.ts'
import '../../../worker/preloaded.ts'

/** What all workflows of a worker share that keeps loans: one line a type before the product's own, which freezes what is loaded. */
