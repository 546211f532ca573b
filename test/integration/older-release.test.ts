import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { inSeconds } from '../../cli/demo/fast-profile.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { roleSchema, type Role } from '../../domain/people.ts'
import { stages } from '../../domain/ticket-stages.ts'
import { processes } from '../../processes/index.ts'
import { form, officeKey, type Api, type Heard, type Place, type Speaker } from '../support/api.ts'
import { openOfficeOnTemporal, type OfficeOnTemporal } from '../support/office-on-temporal.ts'
import { speaker } from '../support/speaking.ts'
import { until } from '../support/launcher.ts'
import { runsOf } from '../support/recording.ts'
import { keptReleases, unpackRelease, type Environment, type Release, type ReleasedPart } from '../support/releases.ts'
import { createDatabase, openNamespace } from '../support/servers.ts'
import { does, log, registered, ticket, tries, walkedTo, walksOn, type Input, type Walkers } from '../support/walk.ts'

/**
 * A deploy as operations.md describes it, from each release that was kept: the database is migrated under the older API and worker,
 * which go on; then both releases serve at once; then the newer one alone.
 */

const brieflyPromised = { profile: 'brief', priority: 'urgent' }
const call = { channel: 'phone', direction: 'inbound' }
const stageSchema = z.enum(stages)
/** Temporal's words for a history that the code that took it over cannot make sense of. */
const misunderstood = /CAUSE_(?:NON_DETERMINISTIC_ERROR|WORKFLOW_WORKER_UNHANDLED_FAILURE)/

describe.each(keptReleases)('%s is followed by what we have now', (version) => {
  let place: Place
  let release: Release
  let older: { readonly api: ReleasedPart; readonly worker: ReleasedPart }
  let office: OfficeOnTemporal | undefined
  let people: Walkers & { readonly admin: Speaker }
  /** Begun under the older release, by the stage each was in when the newer one came. */
  let begun: Readonly<Record<'intake' | 'handling' | 'confirmation' | 'follow-up' | 'brief', string>>
  /** Through the older API, before the newer one was there. */
  const keyOfBefore = { 'Idempotency-Key': randomUUID() }
  const textOfBefore = { text: '旧版本上的进展' }
  /** What the older API said of each ticket when nothing more happened through it. */
  const lastSaid = new Map<string, Heard['items']>()

  beforeAll(async () => {
    const [database, temporal] = await Promise.all([createDatabase({ empty: true }), openNamespace()])
    place = { database, temporal, folder: mkdtempSync(join(tmpdir(), 'bihuan-release-')) }
    release = unpackRelease(version)
    const env: Environment = {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace ?? 'default',
      DATABASE_URL: database.url,
      BIHUAN_KEY: officeKey.toString('base64'),
      BIHUAN_DATA: place.folder,
    }
    await release.migrate(env)
    const [api, worker] = await Promise.all([release.start('api', env), release.start('worker', env)])
    older = { api, worker }
    // Roles that came later have none there.
    const tokens = z.partialRecord(roleSchema, z.string()).parse(JSON.parse(readFileSync(join(place.folder, 'demo-tokens.json'), 'utf8')))
    const there: Api = { request: (path, init) => fetch(`${api.url}${path}`, init), settled: async () => {} }
    const who = (role: Role) => speaker(there, tokens[role] ?? '')
    people = { agent: who('agent'), engineer: who('engineer'), supervisor: who('supervisor'), quality: who('quality'), admin: who('admin') }
    // A profile of then: it does not know the keys of ours.
    const seconds = { 'first-response': 2, start: 600, plan: 600, progress: 3 }
    const hasty = inSeconds(release.profile('tech-support'), { id: 'brief', prefix: 'BR', seconds })
    const profile = { ...hasty, reopeningWindow: 'PT2S' }
    const put = await people.admin.send('PUT', '/api/profiles/brief', stringify(profile, { aliasDuplicateObjects: false }), {
      'Content-Type': 'application/yaml',
    })
    if (put.status !== 201) throw new Error(JSON.stringify(put.body))
    const [intake, handling, confirmation, followUp, brief] = await Promise.all([
      registered(people.agent),
      walkedTo('handling', people),
      walkedTo('confirmation', people),
      walkedTo('follow-up', people),
      walkedTo('handling', people, { form: brieflyPromised }),
    ])
    begun = { intake, handling, confirmation, 'follow-up': followUp, brief }
  })

  afterAll(async () => {
    await office?.close()
    await Promise.all([older?.api.stop(), older?.worker.stop()])
    await Promise.all([place.temporal.teardown(), place.database.drop()])
    release.remove()
    rmSync(place.folder, { recursive: true, force: true })
  })

  const said = (number: string, text: unknown, who = people.agent) =>
    log(who, number).then((items) => items.filter((item) => item['text'] === text))
  /** The cycles of progress that have broken, each as often as the log says so. */
  const broken = (number: string, who = people.agent) =>
    log(who, number).then((items) =>
      items.filter(({ type, clock }) => type === 'promise-broken' && clock === 'progress').map((item) => item['cycle']),
    )
  /** Progress is told, and then not until its next promise breaks. */
  async function fallsSilent(number: string, who: Speaker): Promise<void> {
    const before = Math.max(0, ...(await broken(number, who)).map(Number))
    await does(who, number, 'update-progress', { text: '有进展' })
    await until(async () => ((await broken(number, who)).some((cycle) => Number(cycle) > before) ? true : undefined))
  }
  const seqs = (items: Heard['items']) => items.flatMap(({ seq }) => (typeof seq === 'number' ? [seq] : []))

  it('the older release goes on with the database as the newer one migrates it', async () => {
    await migrateToLatest(place.database.url, processes)
    expect(await (await fetch(`${older.api.url}/ready`)).json()).toMatchObject({ status: 'ok', migrations: 'ok' })

    // It is that release, and not what we have now.
    expect(await (await fetch(`${older.api.url}/api/openapi.json`)).json()).toMatchObject({ info: { version } })

    await walkedTo('assignment', people)
    const { handling, brief } = begun
    expect((await tries(people.engineer, handling, 'update-progress', textOfBefore, keyOfBefore)).status).toBe(200)
    await does(people.agent, handling, 'note', { text: '旧版本的备注' })
    await does(people.agent, handling, 'contact', { text: '旧版本的来电' })
    await fallsSilent(brief, people.engineer)

    const lines = await log(people.agent, handling)
    expect(lines.slice(-3)).toMatchObject([
      { type: 'progress-updated', ...textOfBefore },
      { type: 'note', text: '旧版本的备注' },
      { type: 'contacted', text: '旧版本的来电' },
    ])
    for (const number of Object.values(begun)) {
      const { version: last } = await ticket(people.agent, number)
      expect(seqs(await log(people.agent, number))).toEqual(Array.from({ length: Number(last) }, (_, at) => at + 1))
    }
  })

  it('both serve at once: what is done through either, or through both with one key, is in the rows once', async () => {
    office = await openOfficeOnTemporal({ place })
    const here = office.api()
    const sides = (who: Speaker) => [who, who.at(here)] as const
    /** The same request at both, as a client does that heard no answer from one. */
    const atBoth = async (who: Speaker, path: string, body: Input) => {
      const key = { 'Idempotency-Key': randomUUID() }
      const [one, other] = await Promise.all([who.post(path, body, key), who.at(here).post(path, body, key)])
      expect(one.status, JSON.stringify(one.body)).toBeLessThan(300)
      expect(other, JSON.stringify(other.body)).toMatchObject({ status: one.status, number: one.number, version: one.version })
      return one.number
    }

    const { handling, brief, intake } = begun
    for (const number of [handling, brief, intake]) {
      await Promise.all(['一', '二', '三'].map((text) => atBoth(people.agent, `/api/tickets/${number}/contact`, { ...call, text })))
      await Promise.all(
        ['四', '五', '六', '七'].map((text, at) => does(at % 2 === 0 ? people.agent : people.agent.at(here), number, 'contact', { text })),
      )
      await atBoth(people.agent, `/api/tickets/${number}/note`, { text: '备注' })
      for (const text of ['一', '二', '三', '四', '五', '六', '七', '备注'])
        for (const side of sides(people.agent)) expect(await said(number, text, side), `${number} ${text}`).toHaveLength(1)
    }

    const fresh = await atBoth(people.agent, '/api/tickets', form)
    await walksOn(fresh, 'intake', 'assignment', people)
    const claims = await Promise.all([tries(people.engineer, fresh, 'claim'), tries(people.supervisor.at(here), fresh, 'claim')])
    expect(claims.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])

    // Two wakers look at what falls due.
    for (const side of sides(people.engineer)) await fallsSilent(brief, side)
    const cycles = await broken(brief)
    expect(cycles).toEqual([...new Set(cycles)])
  })

  it('the newer release takes over: every ticket is shown with all that happened, and goes on to its end', async () => {
    if (!office) throw new Error('the newer release did not start')
    const here = office.api()
    // What now falls due was promised under the older one.
    await does(people.engineer, begun.brief, 'update-progress', { text: '最后的进展' })
    const before = await broken(begun.brief)
    for (const number of Object.values(begun)) lastSaid.set(number, await log(people.agent, number))
    expect([await older.api.stop(), await older.worker.stop()]).toEqual(['code 0', 'code 0'])

    const now = {
      agent: people.agent.at(here),
      engineer: people.engineer.at(here),
      supervisor: people.supervisor.at(here),
      quality: people.quality.at(here),
    }
    await until(async () => ((await broken(begun.brief, now.agent)).length > before.length ? true : undefined))
    for (const [number, items] of lastSaid) expect((await log(now.agent, number)).slice(0, items.length)).toMatchObject(items)

    // What the older one installed counts since then; read, it has what came later as the product says it.
    const { items } = await now.agent.get('/api/profiles')
    expect(items).toContainEqual(expect.objectContaining({ id: 'brief', state: 'current', next: null }))
    const brief = (await now.agent.get('/api/profiles/brief')).body
    expect(brief).toMatchObject({ scripts: expect.any(Array), notices: { 'ticket-solved': { subject: { en: expect.any(String) } } } })

    const source = (await now.agent.get('/api/calendars/cn-office', { Accept: 'application/yaml' })).body['text']
    const newer = String(source).replace('2026-12-31', '2027-12-31')
    const put = await people.admin.at(here).send('PUT', '/api/calendars/cn-office', newer, { 'Content-Type': 'application/yaml' })
    expect(put.status, JSON.stringify(put.body)).toBe(201)
    // That the calendar is another one, they hear as they did from their own release.
    for (const number of Object.values(begun))
      await until(async () => ((await log(now.agent, number)).some(({ type }) => type === 'calendar-changed') ? true : undefined))

    const repeated = await tries(now.engineer, begun.handling, 'update-progress', textOfBefore, keyOfBefore)
    expect(repeated.headers.get('idempotency-replayed')).toBe('true')
    expect(await said(begun.handling, textOfBefore.text, now.agent)).toHaveLength(1)

    for (const [where, number] of Object.entries(begun)) {
      await walksOn(number, stageSchema.catch('handling').parse(where), 'follow-up', now)
      await does(now.agent, number, 'callback')
      expect((await log(now.agent, number)).filter(({ type }) => type === 'called-back')).toHaveLength(1)
    }
    await does(now.engineer, begun.brief, 'file-article')
    await until(async () => ((await ticket(now.agent, begun.brief))['stage'] === 'archived' ? true : undefined))
    for (const number of Object.values(begun)) expect(JSON.stringify(await runsOf(office.client, number))).not.toMatch(misunderstood)
  })
})
