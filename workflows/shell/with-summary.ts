import type { ActivityFunctionWithOptions } from '@temporalio/workflow'

/** An activity each of whose calls says in the Temporal UI what it is for. */
export function withSummary<Argument, Result>(
  activity: ActivityFunctionWithOptions<(argument: Argument) => Promise<Result>>,
): (argument: Argument, summary: string) => Promise<Result> {
  return (argument, summary) => activity.executeWithOptions({ summary }, [argument])
}
