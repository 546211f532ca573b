import { refText, wantedIn, type BaseRef, type Bases } from '../derivation/base.ts'
import { explained } from '../derivation/explain.ts'
import { openDocument, type OpenDocument } from '../document/open.ts'
import { resolveProfile } from './derived.ts'
import { itemsOf, memberOf } from '../document/loose.ts'
import { said } from '../labels.ts'
import { profileSchema } from './schema.ts'

export interface ToShow {
  readonly opened: OpenDocument
  readonly ref: BaseRef
  /** What it extends, where that was pinned when it was installed. */
  readonly pinned?: BaseRef | undefined
}

/** A profile with all that it extends, as YAML (X9); `why`: with a comment at each part that says from where it comes, and at the top what was taken away. */
export function wholeProfile({ opened, ref, pinned }: ToShow, bases: Bases, why: boolean): string {
  const resolved = resolveProfile(opened.value, bases, opened.locale, pinned)
  const texts = new Map<string, OpenDocument | undefined>([[refText(ref), opened]])
  return (
    (why ? removed(opened, ref) : '') +
    explained(resolved, {
      order: Object.keys(profileSchema.shape),
      leave,
      ...(why && {
        why: (from, path) => {
          const line = placesIn(from)?.placeOf(path)?.line
          return line === undefined ? from : `${from}:${line}`
        },
      }),
    })
  )

  function placesIn(from: string): OpenDocument | undefined {
    if (!texts.has(from)) texts.set(from, openedBase(from, bases))
    return texts.get(from)
  }
}

/** What the document takes away of what it extends, each with its line. */
function removed(opened: OpenDocument, ref: BaseRef): string {
  return itemsOf(memberOf(opened.value, 'remove'))
    .map((given, at) => {
      const line = opened.placeOf(['remove', at])?.line
      return `# ${removedWord[opened.locale]} ${String(given)} (${refText(ref)}${line === undefined ? '' : `:${line}`})\n`
    })
    .join('')
}

const removedWord = said('已移除', '已移除', 'removed')

const leave: ReadonlySet<string> = new Set(['extends', 'remove', 'template'])

function openedBase(from: string, bases: Bases): OpenDocument | undefined {
  const { id = '', version = 0 } = wantedIn(from) ?? {}
  const text = bases.find({ id, version })?.written.text
  if (text === undefined) return undefined
  const opened = openDocument(text, { mostPieces: Infinity })
  return opened.ok ? opened : undefined
}
