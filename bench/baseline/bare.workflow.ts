import { condition, defineUpdate, setHandler, sleep } from '@temporalio/workflow'

/** A workflow with Updates and nothing else: what a ticket's life costs Temporal at least. Ends after so many. */
export async function bare(steps: number): Promise<void> {
  const state: { readonly texts: string[] } = { texts: [] }
  setHandler(defineUpdate<number, [string]>('step'), (text) => {
    state.texts.push(text)
    return state.texts.length
  })
  await condition(() => state.texts.length >= steps)
}

/** Sleeps until an instant, in milliseconds since the epoch; when it woke. */
export async function bareSleep(until: number): Promise<number> {
  await sleep(Math.max(1, until - Date.now()))
  return Date.now()
}
