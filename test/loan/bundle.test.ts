import { expect, it } from 'vitest'
import { processes as ours } from '../../processes/index.ts'
import { registryOf } from '../../processes/registry.ts'
import { checkWorkflows, exportedBy } from '../../worker/exported-workflows.ts'
import { bundleWithLoans } from './bundle.ts'
import { processes } from './processes/index.ts'
import { loan } from './processes/loan/host.ts'

/** A worker runs the workflow of every type that it keeps, or does not start. */

it('a bundle is known by its entry: the types of the product, and those of the organisation', async () => {
  const { code } = await bundleWithLoans()
  // Beside the types stands what the schedules of reports start.
  expect(exportedBy(code)?.toSorted()).toEqual([...processes.map(({ process }) => process.name), 'dueReports'].toSorted())
  checkWorkflows(processes, code)
  const forgotten = registryOf(...ours, { ...loan, plural: 'lendings', process: { ...loan.process, name: 'lending' } })
  expect(() => checkWorkflows(forgotten, code)).toThrow(
    /exports .*loan.*\n {2}- lending \(\/api\/lendings\) has no workflow "lending" there. Add its line: export \{ lending \}/,
  )
})
