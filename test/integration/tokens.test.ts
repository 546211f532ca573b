import { execa } from 'execa'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createToken } from '../../db/tokens.ts'
import { instantOf } from '../../domain/instant.ts'
import { openOffice, serviceEnvironment, type Office, type Speaker } from '../support/api.ts'
import { builtCli } from '../support/launcher.ts'

/** Tokens end: by themselves, by their owner, by an admin; and show whether anybody uses them. */

const day = 86_400_000
let office: Office
let agent: Speaker
let admin: Speaker

beforeAll(async () => {
  office = await openOffice({ worker: false })
  agent = await office.person('agent-li')
  admin = await office.person('admin-lin')
})
afterAll(() => office.close())

/** What somebody with this token is answered. */
async function statusWith(token: unknown): Promise<number> {
  return (await office.api().request('/api/tokens', { headers: { Authorization: `Bearer ${String(token)}` } })).status
}

function daysUntil(instant: unknown): number {
  return Math.round((Date.parse(String(instant)) - Date.now()) / day)
}

describe('by the API', () => {
  it('one makes tokens of one’s own, which end after 90 days or what one says', async () => {
    const made = await agent.post('/api/tokens', { label: '夜间报表' })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({ person: 'agent-li', label: '夜间报表', lastUsedAt: null, revokedAt: null })
    expect(daysUntil(made.body['expiresAt'])).toBe(90)
    expect(await statusWith(made.body['token'])).toBe(200)
    expect(daysUntil((await agent.post('/api/tokens', { label: 'x', days: 7 })).body['expiresAt'])).toBe(7)

    const listed = (await agent.get('/api/tokens')).items.find(({ id }) => id === made.body['id'])
    expect(listed).toMatchObject({ label: '夜间报表', lastUsedAt: expect.stringMatching(/Z$/) })
    expect(JSON.stringify((await agent.get('/api/tokens')).body)).not.toContain(String(made.body['token']))
  })

  it('a repeated request makes no second token, and is not told the first', async () => {
    const headers = { 'Idempotency-Key': 'one-token' }
    const first = await agent.post('/api/tokens', { label: 'once' }, headers)
    const again = await agent.post('/api/tokens', { label: 'once' }, headers)
    expect(again.body).toEqual({ ...first.body, token: null })
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await agent.get('/api/requests/one-token')).body).toMatchObject({ status: 'done' })
    expect(JSON.stringify((await agent.get('/api/requests/one-token')).body)).not.toContain(String(first.body['token']))
  })

  it('one has no more than twenty that are valid, also when asking for several at once', async () => {
    const lead = await office.person('lead-xu')
    const valid = async () => (await lead.get('/api/tokens')).items.filter(({ revokedAt, label }) => revokedAt === null && label !== 'over')
    const ended = instantOf(Date.now() - day)
    await createToken(office.db, 'lead-xu', 'over', ended, ended)
    for (let made = (await valid()).length; made < 19; made += 1) await createToken(office.db, 'lead-xu', 'x', instantOf(Date.now()))
    const heard = await Promise.all([1, 2, 3].map(() => lead.post('/api/tokens', { label: 'one more' }, { 'Accept-Language': 'zh-CN' })))
    const refused = heard.filter(({ status }) => status !== 201)
    expect(refused.map(({ status }) => status)).toEqual([409, 409])
    expect(refused[0]?.body).toMatchObject({ type: '/problems/too-many-tokens', limit: 20, detail: expect.stringContaining('20') })
    const [last] = await valid()
    expect((await lead.post(`/api/tokens/${String(last?.['id'])}/revoke`)).status).toBe(200)
    expect((await lead.post('/api/tokens', { label: 'one more' })).status).toBe(201)
  })

  it('one ends one’s own at once, as often as one likes', async () => {
    const { body } = await agent.post('/api/tokens', { label: 'lost' })
    for (let time = 0; time < 2; time++) {
      const ended = await agent.post(`/api/tokens/${String(body['id'])}/revoke`)
      expect([ended.status, ended.body['id']]).toEqual([200, body['id']])
    }
    expect(await statusWith(body['token'])).toBe(401)
    const [listed] = (await agent.get('/api/tokens')).items
    expect(listed).toMatchObject({ id: body['id'], revokedAt: expect.stringMatching(/Z$/) })
  })

  it('others’ tokens are not there, but for an admin', async () => {
    const { body } = await agent.post('/api/tokens', { label: 'mine' })
    const engineer = await office.person('engineer-wang')
    expect((await engineer.post(`/api/tokens/${String(body['id'])}/revoke`)).status).toBe(404)
    expect((await engineer.post('/api/tokens/%25/revoke')).status).toBe(404)
    expect((await engineer.get('/api/tokens?person=agent-li')).status).toBe(403)
    expect((await engineer.get('/api/tokens')).items.every(({ person }) => person === 'engineer-wang')).toBe(true)
    expect(await statusWith(body['token'])).toBe(200)

    expect((await admin.get('/api/tokens?person=agent-li')).items).toContainEqual(expect.objectContaining({ id: body['id'] }))
    expect((await admin.post(`/api/tokens/${String(body['id'])}/revoke`)).status).toBe(200)
    expect(await statusWith(body['token'])).toBe(401)
  })

  it.each([
    [{}, 'label'],
    [{ label: ' ' }, 'label'],
    [{ label: 'x', days: 0 }, 'days'],
    [{ label: 'x', days: 367 }, 'days'],
    [{ label: 'x', person: 'admin-lin' }, 'person'],
  ])('%j is refused by the field', async (input, field) => {
    const heard = await agent.post('/api/tokens', input)
    expect([heard.status, heard.errors.map(({ path }) => path)]).toEqual([422, [field]])
  })

  it('one that has ended opens nothing', async () => {
    const over = instantOf(Date.now() - 1_000)
    expect(await statusWith(await createToken(office.db, 'agent-li', 'over', instantOf(Date.now() - day), over))).toBe(401)
  })
})

describe('bihuan token', { timeout: 120_000 }, () => {
  const bihuan = (...args: string[]) =>
    execa(process.execPath, [builtCli, 'token', ...args], { env: serviceEnvironment(office.config), extendEnv: false, reject: false })

  it('makes one that ends, for who is there; lists it with its last use; ends it', async () => {
    const made = await bihuan('create', '--person', 'agent-zhao', '--label', '前台 2 号')
    expect([made.exitCode, made.stdout]).toEqual([0, expect.stringMatching(/^bhn_[\w-]{43}$/)])
    expect(daysUntil(/It ends (\S+)\.$/.exec(made.stderr)?.[1])).toBe(90)
    expect(await statusWith(made.stdout)).toBe(200)

    const [head, line, ...more] = (await bihuan('list', '--person', 'agent-zhao')).stdout.split('\n')
    expect(head).toMatch(/^id +person +label +made +last used \(UTC\) +valid$/)
    expect(line).toMatch(/^[\da-f]{12} {2}agent-zhao {2}前台 2 号 {2}\d{4}-\d\d-\d\d {2}\d{4}-\d\d-\d\d \d\dh +until \d{4}-\d\d-\d\d$/)
    expect(more).toEqual([])

    expect((await bihuan('revoke', line?.slice(0, 12) ?? '')).stdout).toBe('Revoked: 1.')
    expect(await statusWith(made.stdout)).toBe(401)
    expect((await bihuan('list', '--person', 'agent-zhao')).stdout).toMatch(/revoked \d{4}-\d\d-\d\d$/)
    expect((await bihuan('revoke', '--person', 'agent-zhao')).stdout).toBe('Nothing to revoke: no such token is valid.')
  })

  it('says what cannot be, and why', async () => {
    await office.db.updateTable('people').set({ active: false }).where('id', '=', 'agent-zhou').execute()
    const wrong: [string[], RegExp][] = [
      [['create', '--person', 'nobody'], /There is nobody with the id "nobody"/],
      [['create', '--person', 'agent-zhou'], /"agent-zhou" is no longer active/],
      [['create', '--person', 'agent-zhao', '--expires', 'soon'], /--expires soon: write a duration such as P90D/],
      [['create', '--person', 'agent-zhao', '--expires', '2020-01-01T00:00:00Z'], /that is over already/],
      [['create', '--person', 'agent-zhao', '--expires', 'P99999999D'], /that is too far away/],
      [['create', '--person', 'agent-zhao', '--expires', 'P3000000D'], /that is too far away/],
      [['create', '--person', 'agent-zhao', '--expires', '2099-01-01T00:00:00Z'], /that is too far away/],
      [['revoke', 'abc'], /There is no token "abc"/],
      [['revoke'], /Say which token/],
    ]
    const answers = await Promise.all(wrong.map(([args]) => bihuan(...args)))
    for (const [at, [args, says]] of wrong.entries()) {
      expect([answers[at]?.exitCode, answers[at]?.stdout], args.join(' ')).toEqual([1, ''])
      expect(answers[at]?.stderr, args.join(' ')).toMatch(says)
    }
  })
})
