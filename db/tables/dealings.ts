import type { OpenAsk } from '../../workflows/shell/protocol.ts'
import type { NullableJson } from './json-columns.ts'

/** What processes have to do with others (../dealings.ts). */
export interface DealingsTable {
  id: string
  process: string
  /** Null once it is done. */
  ask: NullableJson<OpenAsk>
}
