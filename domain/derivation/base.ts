import { z } from 'zod'
import type { DocumentFormat } from '../document/open.ts'

/** What a profile can extend: a profile or a template, in one of its versions. */
export interface BaseRef {
  readonly id: string
  readonly version: number
}

export interface BaseDocument extends BaseRef {
  /** As it was written; of one that never was a text, its values. */
  readonly written: Written
  /** What it extends itself, as it was pinned when it was installed; absent: as it says itself. */
  readonly pinned?: BaseRef | undefined
}

export type Written = { readonly text: string; readonly format?: DocumentFormat } | { readonly value: unknown; readonly text?: string }

/** What there is to extend. */
export interface Bases {
  /** Ids, for who has mistyped one. */
  readonly known: readonly string[]
  readonly versionsOf: (id: string) => readonly number[]
  readonly find: (base: BaseRef) => BaseDocument | undefined
  /** Whether it is there, but cannot be read. */
  readonly isUnreadable?: (id: string) => boolean
  /** Whether it is retired: what extends it already goes on, nothing else may. */
  readonly isRetired?: (id: string) => boolean
}

export const noBases: Bases = { known: [], versionsOf: () => [], find: () => undefined }

/** What a document says that it extends: an id, and a version where it wants no other. */
export interface Wanted {
  readonly id: string
  readonly version: number | undefined
}

const referenceForm = /^[a-z][a-z0-9-]{0,99}(?:@[1-9][0-9]{0,8})?$/

export const referenceSchema = z.string().max(120, { abort: true }).regex(referenceForm, 'reference')

/** `base` or `base@1`; undefined when it is neither. */
export function wantedIn(reference: unknown): Wanted | undefined {
  if (typeof reference !== 'string' || !referenceForm.test(reference)) return undefined
  const [id = '', version] = reference.split('@')
  return { id, version: version === undefined ? undefined : Number(version) }
}

/** `base@1` */
export function refText({ id, version }: BaseRef): string {
  return `${id}@${version}`
}

/** The version that is meant: the one that is named, else the newest. */
export function pinnedOf({ versionsOf }: Pick<Bases, 'versionsOf'>, { id, version }: Wanted): BaseRef | undefined {
  const versions = versionsOf(id)
  const meant = version ?? Math.max(...versions)
  return versions.includes(meant) ? { id, version: meant } : undefined
}
