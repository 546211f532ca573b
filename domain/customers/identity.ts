/**
 * Whose ticket it is, of the entries that are known: by the id of another system first, then by the login and the account, then by a contact
 * that exactly one entry has. Whatever leaves a doubt is for people to say: two customers are never made one by a guess (S4).
 */

/** What somebody is known by. */
export interface Identity {
  /** What at most one entry has, what counts most first: `external:…`, `login:…`, `account:…`. */
  readonly sole: readonly string[]
  /** Of each phone and address every form in which it may stand in the rows: several entries may have the same one. */
  readonly contacts: readonly (readonly string[])[]
}

/** An entry that shares something with who is looked for. */
export interface Known {
  readonly id: string
  /** Those of its keys that nobody else can have, whether sought or not. */
  readonly sole: readonly string[]
  /** Those of its keys that were sought. */
  readonly shared: readonly string[]
}

/** By what an entry was found. */
export const findings = ['external-id', 'login', 'account', 'contact', 'new', 'none', 'hand'] as const
/** `new`: nobody was known by that; `none`: several come into question; `hand`: somebody said so. */
export type Finding = (typeof findings)[number]

export type Identified =
  | { readonly found: 'entry'; readonly id: string; readonly by: Exclude<Finding, 'new' | 'none' | 'hand'> }
  /** Nobody is known by it. */
  | { readonly found: 'nobody' }
  /** Those that it may be. */
  | { readonly found: 'several'; readonly ids: readonly string[] }

export const externalKey = (externalId: string): string => `external:${externalId}`
export const loginKey = (person: string): string => `login:${person}`

/** Which of the entries it is. */
export function identified({ sole, contacts }: Identity, known: readonly Known[]): Identified {
  for (const [at, key] of sole.entries()) {
    const entry = known.find((one) => one.sole.includes(key))
    if (!entry) continue
    // Who has the account, but another id elsewhere, is another one by what counts more.
    return sole.slice(0, at).some((other) => contradicts(entry, other)) ? { found: 'several', ids: [entry.id] } : foundBy(entry, key)
  }
  const holders = contacts
    .map((forms) => known.filter(({ shared }) => forms.some((form) => shared.includes(form))))
    .filter((of) => of.length > 0)
  if (holders.length === 0) return { found: 'nobody' }
  const candidates = [...new Set(holders.flat())]
  const alone = [...new Set(holders.flatMap((of) => (of.length === 1 ? of : [])))]
  const [entry] = alone
  const isSole = alone.length === 1 && entry !== undefined && holders.every((of) => of.includes(entry))
  // An id of another system that nobody has says by itself that it is somebody else, whoever has the phone.
  if (sole.some((key) => kindOf(key) === 'external')) return { found: 'nobody' }
  if (isSole && !sole.some((key) => contradicts(entry, key))) return { found: 'entry', id: entry.id, by: 'contact' }
  return { found: 'several', ids: candidates.map(({ id }) => id) }
}

/** Whether it has another one of that kind. */
function contradicts({ sole }: Known, key: string): boolean {
  return !sole.includes(key) && sole.some((own) => kindOf(own) === kindOf(key))
}

function foundBy({ id }: Known, key: string): Identified {
  const kind = kindOf(key)
  return { found: 'entry', id, by: kind === 'external' ? 'external-id' : kind === 'login' ? 'login' : 'account' }
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'))
}
