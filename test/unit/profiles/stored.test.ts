import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { isNoticeKind, noticeKindNames } from '../../../domain/notices/kinds.ts'
import { usualTemplates } from '../../../domain/notices/usual.ts'
import { policyFor } from '../../../domain/profile/policy.ts'
import { profileSchema } from '../../../domain/profile/schema.ts'
import { upgraded, type StoredProfile } from '../../../domain/profile/upgrade.ts'
import { keptReleases } from '../../support/releases.ts'
import { roundTheClock } from '../../../domain/calendar/round-the-clock.ts'

/** Profiles as every release that was kept has stored them, read by what we have now (X1). */

const calendar = { version: 1, calendar: { ...roundTheClock, id: 'always' } }
const library = new URL('../../releases/', import.meta.url).pathname
const storedSchema = z.custom<StoredProfile>((value) => typeof value === 'object' && value !== null)
const read = (path: string) => gunzipSync(readFileSync(path)).toString('utf8')
const stored = keptReleases.flatMap((version) =>
  readdirSync(join(library, version, 'stored')).map((name) => ({
    version,
    id: name.replace('.json.gz', ''),
    content: storedSchema.parse(JSON.parse(read(join(library, version, 'stored', name)))),
  })),
)

describe('X1: stored profiles of earlier releases', () => {
  it('X1: there are some of each release', () => {
    expect(new Set(stored.map(({ version }) => version))).toEqual(new Set(keptReleases))
    expect(keptReleases).toContain('0.1.0')
  })

  it.each(stored)('X1: $id of $version is whole once it is read: no key of today is missing', ({ content }) => {
    // Whatever the schema would fill in or refuse has no step in domain/profile/upgrade.ts.
    expect(profileSchema.parse(upgraded(content))).toEqual(upgraded(content))
  })

  it.each(stored)('X1: $id of $version says all that it said, and what it did not know means what it meant', ({ content, version, id }) => {
    const profile = upgraded(content)
    expect(profile).toMatchObject(content)
    const isOfThen = (kind: string) => Object.hasOwn(content.notices, kind)
    for (const kind of noticeKindNames.filter((name) => !isOfThen(name)))
      expect(profile.notices[kind], kind).toEqual(z.record(z.string(), z.unknown()).parse(usualTemplates)[kind])
    expect(Object.keys(content.notices).filter((kind) => !isNoticeKind(kind))).toEqual([])
    // Read anew from its text it is the same process.
    const written = profileSchema.parse(parse(read(join(library, version, 'profiles', `${id}.yaml.gz`))))
    for (const { id: type } of profile.types) expect(policyFor(profile, type, calendar)).toEqual(policyFor(written, type, calendar))
  })

  it('X1: one from before there were scripts has none', () => {
    const [{ content } = { content: undefined }] = stored
    if (!content) throw new Error('no release has stored any')
    const { scripts: _, ...before } = content
    expect(upgraded(before).scripts).toEqual([])
  })
})
