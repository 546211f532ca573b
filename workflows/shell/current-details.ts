import { setCurrentDetails, type WorkflowInterceptors } from '@temporalio/workflow'

/**
 * A workflow's current details are a text that it keeps up to date, in case somebody looks. Ours are a page worked out from
 * the state, and hardly anybody looks: they are made when the Temporal UI asks. An interceptor of activations, because those
 * of queries do not see the queries of Temporal itself.
 */
export const interceptors = (): WorkflowInterceptors => ({
  internals: [
    {
      activate(input, next) {
        if (input.activation.jobs?.some(({ queryWorkflow }) => queryWorkflow?.queryType === metadataQuery)) setCurrentDetails(details())
        return next(input)
      },
    },
  ],
})

const metadataQuery = '__temporal_workflow_metadata'

/** Of the one workflow that this copy of the module belongs to. */
let details = () => ''

/** Where the workflow's details come from. */
export function detailsFrom(source: () => string): void {
  details = source
}
