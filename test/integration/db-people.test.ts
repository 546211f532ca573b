import { processes } from '../../processes/index.ts'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { installOrganisation } from '../../cli/install-organisation.ts'
import { addressees, colleagues } from '../../db/addressees.ts'
import { connect, isDatabaseAway } from '../../db/connect.ts'
import { ensureDemoPeople } from '../../db/demo-people.ts'
import { migrateToLatest } from '../../db/migrate.ts'
import { absencesOf, awayAt, deleteAbsence, insertAbsence, listAbsences } from '../../db/absences.ts'
import { directoryOf, findPerson, listPeople, listTeams, namesOf, putPerson, putTeam, type Person } from '../../db/people.ts'
import type { Database } from '../../db/schema.ts'
import { handlerError, receiver } from '../../workflows/common/assignees.ts'
import { createToken, listTokens, personOfToken, revokeTokens } from '../../db/tokens.ts'
import { roles } from '../../domain/people.ts'
import { minute, openDatabase } from './db-story.ts'

let db: Kysely<Database>
let url: string
let close: () => Promise<void>
beforeAll(async () => ({ db, url, close } = await openDatabase()))
afterAll(() => close())

const labels = { 'zh-CN': '二线组', 'zh-TW': '二線組', en: 'Second line' }
const person = (id: string, data: Partial<Person> = {}): Person => ({
  id,
  name: id,
  email: null,
  roles: ['engineer'],
  active: true,
  teams: [],
  skills: [],
  ...data,
})

describe('people', () => {
  beforeAll(async () => {
    await putTeam(db, { id: 'second-line', labels, lead: null, supervisor: null, departmentHead: null })
    await putPerson(db, person('mei', { name: '梅', roles: ['agent', 'supervisor'], teams: ['second-line'], skills: ['oracle', 'linux'] }))
    for (const id of ['tan', 'gao', 'lu']) await putPerson(db, person(id))
    await putPerson(db, person('left', { active: false }))
    await putTeam(db, { id: 'second-line', labels, lead: 'mei', supervisor: null, departmentHead: null })
  })

  it('come from a list that may name whom the records know; anything wrong with it leaves them as they are', async () => {
    const list = (team: string) => `people: [{ id: new.one, name: 新人, roles: [engineer], teams: [${team}] }]`
    const refused = await installOrganisation(url, list('secnd-line'))
    expect(refused).toMatchObject({
      ok: false,
      errors: [{ path: 'people[0].teams[0]', line: 1, reason: 'there is no team with the id "secnd-line"; add it under teams' }],
    })
    expect(await findPerson(db, 'new.one')).toBeUndefined()
    expect(await installOrganisation(url, list('second-line'))).toMatchObject({ ok: true })
    expect(await findPerson(db, 'new.one')).toMatchObject({ name: '新人', teams: ['second-line'] })
    expect(await installOrganisation(url, list('').replace('roles:', 'active: false, roles:'))).toMatchObject({ ok: true })
  })

  it('have roles, teams and skills, which are replaced whole', async () => {
    expect(await findPerson(db, 'mei')).toEqual(
      person('mei', { name: '梅', roles: ['agent', 'supervisor'], teams: ['second-line'], skills: ['linux', 'oracle'] }),
    )
    await putPerson(db, person('gao', { teams: ['second-line'], skills: ['linux'] }))
    await putPerson(db, person('gao', { skills: ['bgp'] }))
    expect(await findPerson(db, 'gao')).toEqual(person('gao', { skills: ['bgp'] }))
    expect((await listPeople(db)).map(({ id }) => id)).toEqual(['gao', 'lu', 'mei', 'tan'])
    expect((await listPeople(db, { role: 'agent' })).map(({ id }) => id)).toEqual(['mei'])
    expect((await listPeople(db, { team: 'second-line' })).map(({ id }) => id)).toEqual(['mei'])
    expect(await listTeams(db)).toEqual([
      { id: 'second-line', labels, lead: 'mei', supervisor: null, departmentHead: null, members: ['mei'] },
    ])
    expect(await namesOf(db, ['mei', 'second-line', 'nobody'], 'zh-TW')).toEqual({ mei: '梅', 'second-line': '二線組' })
  })

  it('X8: are looked up with their absence at the time of the act', async () => {
    const away = await insertAbsence(db, { person: 'tan', absentFrom: minute(10), absentUntil: minute(20), deputy: 'gao', note: '年假' })
    await insertAbsence(db, { person: 'tan', absentFrom: minute(15), absentUntil: null, deputy: null, note: null })
    await insertAbsence(db, { person: 'gao', absentFrom: minute(0), absentUntil: null, deputy: 'left', note: null })
    const at = async (minutes: number) => (await directoryOf(db, { people: ['tan'], teams: [] }, minute(minutes))).people['tan']?.absence
    expect(await at(9)).toBeUndefined()
    expect(await at(10)).toEqual({ deputy: 'gao' })
    expect(await at(16)).toEqual({ deputy: 'gao' })
    expect(await at(20)).toEqual({ deputy: null })
    expect(await directoryOf(db, { people: ['mei', 'gao', 'left', 'nobody'], teams: ['second-line', 'none'] }, minute(30))).toEqual({
      people: {
        mei: { roles: ['agent', 'supervisor'], teams: ['second-line'] },
        gao: { roles: ['engineer'], teams: [], absence: { deputy: null } },
      },
      teams: ['second-line'],
    })
    expect((await listAbsences(db, minute(20))).map(({ person }) => person)).toEqual(['gao', 'tan'])
    expect([await deleteAbsence(db, away), await deleteAbsence(db, away)]).toEqual([true, false])
    await expect(
      insertAbsence(db, { person: 'lu', absentFrom: minute(2), absentUntil: minute(1), deputy: null, note: null }),
    ).rejects.toThrow('check constraint')
    await expect(insertAbsence(db, { person: 'lu', absentFrom: minute(2), absentUntil: null, deputy: 'lu', note: null })).rejects.toThrow(
      'check constraint',
    )
  })
})

describe('X8: somebody away', () => {
  const at = minute(5)
  beforeAll(async () => {
    for (const id of ['ann', 'bob', 'cat', 'dan']) await putPerson(db, person(id))
    const away = (who: string, deputy: string | null, since = 0) =>
      insertAbsence(db, { person: who, absentFrom: minute(since), absentUntil: null, deputy, note: null })
    await away('ann', 'bob')
    await away('bob', 'cat')
    await away('cat', null)
    await away('cat', 'dan', -10)
    await away('dan', 'ann', 6)
  })

  it('is looked up with everybody whom one must ask who stands in', async () => {
    const known = await directoryOf(db, { people: ['ann'], teams: [] }, at)
    expect(known.people).toEqual({
      ann: { roles: ['engineer'], teams: [], absence: { deputy: 'bob' } },
      bob: { roles: ['engineer'], teams: [], absence: { deputy: 'cat' } },
      cat: { roles: ['engineer'], teams: [], absence: { deputy: 'dan' } },
      dan: { roles: ['engineer'], teams: [] },
    })
    expect(receiver('ann', known)).toEqual({ assignee: 'dan', insteadOf: 'ann' })
    // A circle is looked up once, and found.
    const circle = await directoryOf(db, { people: ['ann'], teams: [] }, minute(7))
    expect(handlerError('to', 'ann', circle)).toMatchObject({ code: 'deputies-absent', params: { deputies: ['bob', 'cat', 'dan'] } })
  })

  it('is nobody who is a customer and nothing else, where colleagues are asked for', async () => {
    await putPerson(db, person('cus', { roles: ['customer'] }))
    await putPerson(db, person('cus-too', { roles: ['customer', 'agent'] }))
    const ids = (world: { readonly people: ReadonlyMap<string, unknown> }) => [...world.people.keys()].filter((id) => id.startsWith('cus'))
    expect(ids(await addressees(db, at)).toSorted()).toEqual(['cus', 'cus-too'])
    expect(ids(await colleagues(db, at))).toEqual(['cus-too'])
    expect((await listPeople(db)).map(({ id }) => id).filter((id) => id.startsWith('cus'))).toEqual(['cus-too'])
    for (const id of ['cus', 'cus-too']) await putPerson(db, person(id, { active: false }))
  })

  it('has one deputy at a time, wherever that is asked', async () => {
    const answers = [
      (await directoryOf(db, { people: ['cat'], teams: [] }, at)).people['cat']?.absence?.deputy,
      absencesOf(await awayAt(db, at)).get('cat'),
      (await addressees(db, at)).people.get('cat')?.deputy,
    ]
    expect(answers).toEqual(['dan', 'dan', 'dan'])
    // Of several that name somebody the one that began last counts.
    const latest = await insertAbsence(db, { person: 'cat', absentFrom: minute(2), absentUntil: minute(9), deputy: 'mei', note: null })
    expect((await awayAt(db, at)).find(({ person: who }) => who === 'cat')).toEqual({ person: 'cat', until: minute(9), deputy: 'mei' })
    await deleteAbsence(db, latest)
  })
})

describe('tokens', () => {
  it('say who calls, until they expire or are revoked or the person leaves', async () => {
    await putPerson(db, person('kim', { roles: ['agent'], name: '金' }))
    const token = await createToken(db, 'kim', 'laptop', minute(0), minute(60))
    expect(token).toMatch(/^bhn_[\w-]{43}$/)
    expect(await personOfToken(db, token, minute(1))).toEqual({ id: 'kim', name: '金', roles: ['agent'], teams: [] })
    expect((await listTokens(db, 'kim')).map(({ label, lastUsedAt }) => [label, lastUsedAt])).toEqual([['laptop', minute(1)]])
    expect(await personOfToken(db, token, minute(60))).toBeUndefined()
    expect(await personOfToken(db, `${token.slice(0, -1)}_`, minute(1))).toBeUndefined()

    const second = await createToken(db, 'kim', 'phone', minute(0))
    const [listed] = (await listTokens(db, 'kim')).filter(({ label }) => label === 'phone')
    expect(await revokeTokens(db, { person: 'kim', id: listed?.id ?? '' }, minute(2))).toBe(1)
    expect(await personOfToken(db, second, minute(3))).toBeUndefined()
    expect(await personOfToken(db, token, minute(3))).toBeDefined()
    await putPerson(db, person('kim', { active: false }))
    expect(await personOfToken(db, token, minute(3))).toBeUndefined()
  })

  it('are nowhere in the database', async () => {
    const token = await createToken(db, 'mei', 'laptop', minute(0))
    expect(JSON.stringify(await db.selectFrom('tokens').selectAll().execute())).not.toContain(token.slice(4))
  })
})

describe('demo people', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bihuan-demo-'))
  const file = join(folder, 'demo-tokens.json')
  const tokens = () => z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are made once, one token for every role, readable only by their owner', async () => {
    expect(await ensureDemoPeople(url, file, minute(0))).toBe(true)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const first = tokens()
    expect(Object.keys(first)).toEqual([...roles])
    for (const role of roles) expect((await personOfToken(db, first[role] ?? '', minute(1)))?.roles).toEqual([role])
    expect(await ensureDemoPeople(url, file, minute(1))).toBe(false)
    expect(tokens()).toEqual(first)
    const teams = await listTeams(db)
    expect(
      teams
        .filter(({ id }) => id !== 'second-line')
        .every(({ lead, supervisor, departmentHead, members }) => lead && supervisor && departmentHead && members.length >= 2),
    ).toBe(true)
  })

  it('of a role that came later get a token beside those of the others, which stay good', async () => {
    const { management: _, ...before } = tokens()
    writeFileSync(file, JSON.stringify(before))
    expect(await ensureDemoPeople(url, file, minute(1))).toBe(true)
    expect(tokens()).toMatchObject(before)
    expect((await personOfToken(db, tokens()['management'] ?? '', minute(2)))?.roles).toEqual(['management'])
  })

  it.each([
    ['gone', () => rmSync(file)],
    ['damaged', () => writeFileSync(file, '{')],
    ["another database's", () => writeFileSync(file, JSON.stringify({ ...tokens(), admin: 'bhn_x' }))],
  ])('get new tokens when the file is %s, and the old ones end', async (_, spoil) => {
    const before = tokens()
    spoil()
    expect(await ensureDemoPeople(url, file, minute(2))).toBe(true)
    expect(await personOfToken(db, before['agent'] ?? '', minute(3))).toBeUndefined()
    expect((await personOfToken(db, tokens()['agent'] ?? '', minute(3)))?.roles).toEqual(['agent'])
  })
})

describe('the database', () => {
  it('is known to be away, whichever way', async () => {
    const failure = async (address: string) => {
      const away = connect(address, { connectTimeoutMs: 500, poolSize: 1 })
      try {
        return await away.selectFrom('people').selectAll().execute()
      } catch (error) {
        return isDatabaseAway(error)
      } finally {
        await away.destroy()
      }
    }
    expect(await failure('postgres://postgres@127.0.0.1:1/none')).toBe(true)
    expect(await failure('postgres://postgres@nowhere.invalid/none')).toBe(true)
    expect(await failure('postgres://postgres@%2Fnowhere/none')).toBe(true)
    const missing = new URL(url)
    missing.pathname = '/nonexistent'
    expect(await failure(missing.href)).toBe(false)
    expect(isDatabaseAway(new Error('boom'))).toBe(false)
    expect(isDatabaseAway(new Error('outer', { cause: Object.assign(new Error('terminating'), { code: '57P01' }) }))).toBe(true)
  })

  it('is known to be away when it ends the connection under a query, and serves again afterwards', async () => {
    const broken: Error[] = []
    const short = connect(url, { poolSize: 1, applicationName: 'to-be-ended', onBrokenConnection: (error) => broken.push(error) })
    const sleeping = sql`select pg_sleep(10)`.execute(short).catch(isDatabaseAway)
    const end = async () =>
      (await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'to-be-ended'`.execute(db)).rows.length
    await expect.poll(end).toBe(1)
    expect(await sleeping).toBe(true)
    await expect
      .poll(() => sql<{ one: number }>`select 1 as one`.execute(short).then(({ rows }) => rows, isDatabaseAway))
      .toEqual([{ one: 1 }])
    const before = broken.length
    await end()
    await expect.poll(() => broken.length).toBe(before + 1)
    const blocked = connect(url, { poolSize: 1, connectTimeoutMs: 100 })
    const long = sql`select pg_sleep(0.5)`.execute(blocked)
    expect(await sql`select 1`.execute(blocked).catch(isDatabaseAway)).toBe(true)
    await long
    await Promise.all([short.destroy(), blocked.destroy()])
  })

  it('is migrated once, however many start at once', async () => {
    const name = `migrate_${process.pid}`
    await sql`create database ${sql.id(name)}`.execute(db)
    const empty = new URL(url)
    empty.pathname = `/${name}`
    const applied = await Promise.all(Array.from({ length: 4 }, () => migrateToLatest(empty.href, processes)))
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
    expect(await migrateToLatest(empty.href, processes)).toEqual([])
    await sql`drop database ${sql.id(name)} with (force)`.execute(db)
  })
})
