import type { Mail } from './mail.ts'

/** A way for mails to leave. */
export interface Transport {
  /** Hands the mail over, once; never throws. `cut` ends the attempt where it stands. */
  send(mail: Mail, cut: AbortSignal): Promise<Handed>
  /** How long an attempt may take, in milliseconds. */
  readonly patienceMs: number
  close(): void
}

/** What became of an attempt. Only `taken` means that somebody else answers for the mail now. */
export type Handed =
  | { readonly kind: 'taken'; readonly providerId: string | null; readonly remark: string | null }
  /** It, and not the others, failed for now. */
  | { readonly kind: 'temporary'; readonly words: string }
  /** It will never be taken as it is. */
  | { readonly kind: 'permanent'; readonly words: string }
  /** Nothing can be handed over at present; this mail has no part in it. */
  | { readonly kind: 'unreachable'; readonly words: string }
  /** We ended the attempt ourselves; the same mail is handed over again. */
  | { readonly kind: 'cut' }

/** What a server or a system said, fit for logs and rows: no addresses, not without end. */
export function withoutAddresses(text: string): string {
  return text
    .slice(0, longestWords)
    .replaceAll(/(?<![^\s<>"'(),:;@])[^\s<>"'(),:;@]+@[^\s<>"'(),:;@]+/g, '***@***')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 500)
}

/** Before an address that is cut in two would no longer be known as one: well beyond what is kept. */
const longestWords = 2_000

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
