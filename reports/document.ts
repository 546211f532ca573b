import type { Chart } from './charts/svg.ts'
import type { Instant } from '../domain/instant.ts'
import type { Change, ChangeForm, Form, Tone } from './values.ts'

/**
 * A report in one language, ready to be set: which texts, tables and charts stand in it, in which order. Pages, PDFs and workbooks are made
 * from this, so that none of them says what another does not.
 */
export interface ReportDocument {
  readonly title: string
  /** Of which time. */
  readonly subtitle: string
  /** Whose report it is. */
  readonly owner: string
  /** What is said of it in its head: a name and a value. */
  readonly facts: readonly Fact[]
  readonly record: { readonly number: Fact; readonly version: Fact } | null
  /** It is not, or not yet, what was to be read: the mark that each of its pages bears, and why. */
  readonly mark: Fact | null
  /** Nothing happened. */
  readonly quiet: string | null
  /** Null: there is nothing that matters more than the rest. */
  readonly highlights: { readonly heading: string; readonly sentences: readonly string[] } | null
  readonly sections: readonly DocumentSection[]
  readonly signatures: readonly SignatureField[]
}

export interface Fact {
  readonly name: string
  readonly value: string
}

export interface SignatureField {
  readonly role: string
  /** Null: nobody has signed yet. */
  readonly name: string | null
  readonly at: Fact & { readonly isSigned: boolean }
}

export interface DocumentSection {
  readonly id: string
  readonly heading: string
  readonly blocks: readonly Block[]
}

export type Block =
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | { readonly kind: 'chart'; readonly chart: Chart }
  | Table
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'definitions'; readonly heading: string; readonly items: readonly Fact[]; readonly few: string | null }
  | { readonly kind: 'suggestions'; readonly mark: string; readonly items: readonly { readonly text: string; readonly from: string }[] }
  | { readonly kind: 'box'; readonly prompt: string; readonly text: string | null; readonly empty: string }

export interface Tile {
  readonly label: string
  readonly value: string
  readonly tone: Tone
  readonly change: Pick<Change, 'text' | 'tone'>
  readonly note: string
}

export interface Table {
  readonly kind: 'table'
  /** It holds what a chart above it shows already, for whoever looks closer; what it is called then. */
  readonly detail?: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column {
  readonly heading: string
  /** Numbers stand at the end of their cells, below each other. */
  readonly isNumber: boolean
  /** Takes what room the others leave. */
  readonly isWide: boolean
}

export interface Row {
  readonly cells: readonly Cell[]
  readonly isTotal: boolean
}

export interface Cell {
  readonly text: string
  readonly tone: Tone
  /** Below it, smaller. */
  readonly note: string
  /** What the text says, as a value: of a duration in milliseconds, of a share within 0 and 1; an instant in UTC. */
  readonly number:
    | { readonly value: number; readonly form: Form | ChangeForm }
    | { readonly value: Instant; readonly form: 'instant' }
    | null
}

/** What a note says, line by line and in pieces. */
export function notePieces(note: string): string[][] {
  return note.split('\n').map((line) => line.split(' · '))
}
