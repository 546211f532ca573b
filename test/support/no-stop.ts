import type { Stop } from '../../delivery/deliver.ts'

/** Delivery that nobody stops. */
export function noStop(): Stop {
  return { begun: new AbortController().signal, cut: new AbortController().signal }
}
