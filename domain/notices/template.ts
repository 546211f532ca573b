import type { Labels } from '../labels.ts'

/** What a kind of notice says, before it is filled (`domain/template.ts`). */
export interface Template {
  /** One line. */
  readonly subject: Labels
  readonly text: Labels
}
