import type { WorkflowHandle } from '@temporalio/client'
import { z } from 'zod'
import { instantOf } from '../../domain/instant.ts'

/** What the Temporal UI shows of a workflow, read as it reads it. */

const metadata = z.object({ currentDetails: z.string() })

export async function currentDetails(handle: WorkflowHandle): Promise<string> {
  return unspaced(metadata.parse(await handle.query('__temporal_workflow_metadata')).currentDetails)
}

/** Details without the space between their columns. */
export function unspaced(details: string): string {
  return details.replaceAll('\u2003', '')
}

/** The product's search attributes, instants as text. */
export async function shownAttributes(handle: WorkflowHandle): Promise<Readonly<Record<string, unknown>>> {
  const { typedSearchAttributes } = await handle.describe()
  return Object.fromEntries(
    typedSearchAttributes
      .getAll()
      .filter(({ key }) => key.name.startsWith('Bihuan'))
      .map(({ key, value }) => [key.name, value instanceof Date ? instantOf(value.getTime()) : value]),
  )
}
