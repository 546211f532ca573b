/** What a worker registers that keeps loans beside the product's types: those, and one line a type. */
export * from '../../../workflows/index.ts'
export { loan } from './loan/loan.workflow.ts'
