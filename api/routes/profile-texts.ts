import { stringify } from 'yaml'
import { basesFor, installedDocument } from '../../db/profile-bases.ts'
import { versionNumbers } from '../../db/profiles.ts'
import { wantedIn, type BaseRef } from '../../domain/derivation/base.ts'
import { linesOf } from '../../domain/differences/change.ts'
import { profileDifferences } from '../../domain/differences/profiles.ts'
import { openDocument } from '../../domain/document/open.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { wholeProfile } from '../../domain/profile/shown.ts'
import { installedProfile } from '../access/profiles.ts'
import type { Context } from '../deps.ts'
import { inTurn } from '../http/document-body.ts'
import * as operations from '../operations/profiles.ts'
import { reads, type App } from './serving.ts'

/** What people read of a profile beside the profile itself (X9): what changes in it, and its whole text. */
export function addProfileTexts(app: App, { db }: Pick<Context, 'db'>): void {
  reads(app, operations.compareProfile, async ({ c, params: { id }, query: { version, from }, answer }) => {
    const after = await installedProfile(db, id, version)
    const before = await beforeOf(after, from)
    const sections = profileDifferences(before, after, c.get('locale'))
    const items = sections.map(({ heading, changes }) => ({ heading, lines: changes.flatMap((change) => linesOf(change)) }))
    return answer({ from: `${before.id}@${before.version}`, to: `${after.id}@${after.version}`, items })
  })

  /** The version before; of a first one it is itself, from which nothing changes. */
  async function beforeOf({ id, version }: Profile, from: string | undefined): Promise<Profile> {
    if (from === undefined) {
      const earlier = (await versionNumbers(db, id)).find((other) => other < version)
      return installedProfile(db, id, earlier ?? version)
    }
    if (/^[1-9]\d{0,8}$/.test(from)) return installedProfile(db, id, Number(from))
    const wanted = wantedIn(from)
    return wanted ? installedProfile(db, wanted.id, wanted.version) : installedProfile(db, from, undefined)
  }
}

/** An installed profile or template with all that it extends, as YAML. */
export async function wholeText({ db, clock }: Pick<Context, 'db' | 'clock'>, ref: BaseRef, why: boolean): Promise<string | undefined> {
  const document = await installedDocument(db, ref)
  if (!document) return undefined
  const { written, pinned } = document
  const bases = await basesFor(db, pinned, instantOf(clock.now().getTime()))
  // One that ships is not installed where an organisation has its id.
  if (pinned && !bases.find(pinned)) return undefined
  return inTurn(() => {
    const opened = openDocument(written.text ?? stringify('value' in written ? written.value : {}), { mostPieces: Infinity })
    return opened.ok ? wholeProfile({ opened, ref, pinned }, bases, why) : undefined
  })
}
