/** By what something is known that a process asks because of an event, once of a kind and target; it is the request id of what comes of it. */
export function askId(number: string, seq: number, { kind, target }: { readonly kind: string; readonly target?: string }): string {
  return [number, seq, kind, ...(target === undefined ? [] : [target])].join('-')
}
