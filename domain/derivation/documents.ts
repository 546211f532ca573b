import { memberOf } from '../document/loose.ts'
import { openDocument, type DocumentFormat } from '../document/open.ts'
import type { BaseDocument, Bases } from './base.ts'

/** What texts there are to extend, each by the id and version that it says; of two that say the same the first counts. */
export function basesIn(texts: readonly { readonly text: string; readonly format?: DocumentFormat }[]): Bases {
  const documents = texts.flatMap(({ text, format }): BaseDocument[] => {
    const opened = openDocument(text, { format })
    const value = opened.ok ? opened.value : undefined
    const [id, version] = [memberOf(value, 'id'), memberOf(value, 'version')]
    return typeof id === 'string' && typeof version === 'number' ? [{ id, version, written: { value, text } }] : []
  })
  return {
    known: [...new Set(documents.map(({ id }) => id))],
    versionsOf: (id) => documents.filter((document) => document.id === id).map(({ version }) => version),
    find: ({ id, version }) => documents.find((document) => document.id === id && document.version === version),
  }
}
