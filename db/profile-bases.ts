import type { Kysely } from 'kysely'
import { pinnedOf, refText, wantedIn, type BaseDocument, type BaseRef, type Bases, type Wanted } from '../domain/derivation/base.ts'
import type { Instant } from '../domain/instant.ts'
import { retirements } from './profile-standings.ts'
import type { Database } from './schema.ts'

/** What a document can extend (X9): whatever is installed. Only what it does extend is fetched whole. */
export async function basesFor(db: Kysely<Database>, wanted: Wanted | undefined, now: Instant): Promise<Bases> {
  const [installed, retired] = await Promise.all([refs(db), retirements(db, now)])
  const found = new Map<string, BaseDocument>()
  const bases: Bases = {
    known: [...new Set(installed.map(({ id }) => id))],
    versionsOf: (id) => installed.filter((base) => base.id === id).map(({ version }) => version),
    find: (base) => found.get(refText(base)),
    isRetired: (id) => retired.has(id),
  }
  // Each was installed after what it extends: the row has an end.
  let next = wanted && pinnedOf(bases, wanted)
  while (next && !found.has(refText(next))) {
    const document: BaseDocument | undefined = await installedDocument(db, next)
    if (document) found.set(refText(next), document)
    next = document?.pinned
  }
  return bases
}

/** A profile or a template as it was written, and what it extends; undefined when it is not there. */
export async function installedDocument(db: Kysely<Database>, { id, version }: BaseRef): Promise<BaseDocument | undefined> {
  const columns = ['content', 'source', 'base'] as const
  const ofTemplate = await db
    .selectFrom('profileTemplates')
    .select(columns)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()
  const row =
    ofTemplate ?? (await db.selectFrom('profiles').select(columns).where('id', '=', id).where('version', '=', version).executeTakeFirst())
  if (!row) return undefined
  const { content, source, base } = row
  return { id, version, written: source === null ? { value: content } : { text: source }, pinned: refOf(base) }
}

async function refs(db: Kysely<Database>): Promise<BaseRef[]> {
  const profiles = db.selectFrom('profiles').select(['id', 'version'])
  return profiles
    .unionAll(db.selectFrom('profileTemplates').select(['id', 'version']))
    .orderBy('id')
    .orderBy('version')
    .execute()
}

function refOf(base: string | null): BaseRef | undefined {
  const { id, version } = wantedIn(base) ?? {}
  return id === undefined || version === undefined ? undefined : { id, version }
}
