import { readFileSync } from 'node:fs'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { instantOf, plus, type Instant } from '../domain/instant.ts'
import { roles, roleSchema, type Role, type Team } from '../domain/people.ts'
import { writeFileAtomically } from '../runtime/files.ts'
import { connect } from './connect.ts'
import { putEverybody, type Person } from './people.ts'
import type { Database } from './schema.ts'
import { createToken, isToken, revokeTokens } from './tokens.ts'
import { inTransaction } from './transaction.ts'

/**
 * Makes the demo people, once, with one token for every role in `tokensFile` (`{role: token}`, only for its owner to
 * read). Whether anything was made: new people, or new tokens because the file is gone, another database's, or their time is over. People
 * who are there already stay as they are.
 */
export async function ensureDemoPeople(databaseUrl: string, tokensFile: string, now: Instant = instantOf(Date.now())): Promise<boolean> {
  const db = connect(databaseUrl, { poolSize: 1, applicationName: 'bihuan-demo' })
  try {
    const known = new Set((await db.selectFrom('people').select('id').execute()).map(({ id }) => id))
    const missing = demoPeople.filter(({ id }) => !known.has(id))
    const kept = await tokensKnown(db, tokensFile, now)
    const without = roles.filter((role) => kept[role] === undefined)
    if (missing.length === 0 && without.length === 0) return false
    const tokens = await inTransaction(db, async (trx) => {
      await addPeople(trx, missing)
      return { ...kept, ...(await newTokens(trx, without, now)) }
    })
    writeFileAtomically(tokensFile, `${JSON.stringify(tokens, null, 2)}\n`, 0o600)
    return true
  } finally {
    await db.destroy()
  }
}

async function addPeople(trx: Kysely<Database>, missing: readonly Person[]): Promise<void> {
  const known = new Set((await trx.selectFrom('teams').select('id').execute()).map(({ id }) => id))
  const absent = teams.filter(({ id }) => !known.has(id))
  await putEverybody(trx, absent, missing)
}

/** One token for each of the roles, of its first person; the ones made before end. */
async function newTokens(trx: Kysely<Database>, without: readonly Role[], now: Instant): Promise<Record<string, string>> {
  const tokens: Record<string, string> = {}
  for (const role of without) {
    const person = demoPeople.find((candidate) => candidate.roles.includes(role))
    if (!person) throw new Error(`no demo person is ${role}`)
    await revokeTokens(trx, { person: person.id, label: tokenLabel }, now)
    tokens[role] = await createToken(trx, person.id, tokenLabel, now, plus(now, tokenLife))
  }
  return tokens
}

/**
 * The tokens of the file, where each is one of this database whose time is not over; otherwise none. A role that came with this release has
 * none yet: those of the others stay good. One that somebody revoked stays revoked.
 */
async function tokensKnown(db: Kysely<Database>, tokensFile: string, now: Instant): Promise<Partial<Record<Role, string>>> {
  const tokens = readTokens(tokensFile) ?? {}
  for (const token of Object.values(tokens)) if (!(await isToken(db, token, now))) return {}
  return tokens
}

function readTokens(path: string): Partial<Record<Role, string>> | undefined {
  try {
    return z.partialRecord(roleSchema, z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return undefined // absent or damaged: new ones are made
  }
}

const tokenLabel = 'demo'
/** As long as any token by default; the next start makes new ones. */
const tokenLife = 'P90D'

const teams: readonly Omit<Team, 'members'>[] = [
  {
    id: 'service-desk',
    labels: { 'zh-CN': '客服台', 'zh-TW': '客服台', en: 'Service desk' },
    lead: 'agent-zhou',
    supervisor: 'supervisor-zhang',
    departmentHead: 'lead-huang',
  },
  {
    id: 'tech-support',
    labels: { 'zh-CN': '技术支持组', 'zh-TW': '技術支援組', en: 'Technical support' },
    lead: 'engineer-chen',
    supervisor: 'supervisor-sun',
    departmentHead: 'lead-xu',
  },
  {
    id: 'sales',
    labels: { 'zh-CN': '销售部', 'zh-TW': '業務部', en: 'Sales' },
    lead: 'agent-xie',
    supervisor: 'supervisor-ma',
    departmentHead: 'lead-luo',
  },
  {
    id: 'quality',
    labels: { 'zh-CN': '质量部', 'zh-TW': '品管部', en: 'Quality' },
    lead: 'engineer-tang',
    supervisor: 'supervisor-fang',
    departmentHead: 'lead-deng',
  },
  {
    id: 'research',
    labels: { 'zh-CN': '产品研发部', 'zh-TW': '產品研發部', en: 'R&D' },
    lead: 'engineer-song',
    supervisor: 'supervisor-tang',
    departmentHead: 'lead-feng',
  },
  {
    id: 'account-management',
    labels: { 'zh-CN': '账号管理组', 'zh-TW': '帳號管理組', en: 'Account management' },
    lead: 'engineer-pan',
    supervisor: 'supervisor-xie',
    departmentHead: 'lead-feng',
  },
]

export const demoPeople: readonly Person[] = [
  ...staff('agent', 'service-desk', {
    'agent-li': ['李娜', 'phone', 'consultation', 'complaint'],
    'agent-zhao': ['赵敏', 'chat', 'consultation', 'suggestion'],
    'agent-zhou': ['周婷', 'phone', 'complaint', 'suggestion'],
  }),
  ...staff('engineer', 'tech-support', {
    'engineer-wang': ['王强', 'fault', 'software', 'login'],
    'engineer-chen': ['陈刚', 'fault', 'software', 'database'],
    'engineer-liu': ['刘洋', 'fault', 'hardware', 'network'],
  }),
  ...staff('agent', 'sales', { 'agent-song': ['宋佳', 'software'], 'agent-xie': ['谢宁', 'hardware'] }),
  ...staff('engineer', 'quality', { 'engineer-cao': ['曹毅', 'complaint'], 'engineer-tang': ['唐洁', 'complaint'] }),
  ...staff('engineer', 'research', {
    'engineer-song': ['宋涛', 'product', 'backend'],
    'engineer-deng': ['邓洁', 'product', 'frontend'],
  }),
  ...staff('engineer', 'account-management', {
    'engineer-pan': ['潘玲', 'account'],
    'engineer-yu': ['于凯', 'account'],
  }),
  ...staff('supervisor', 'service-desk', { 'supervisor-zhang': ['张华'] }),
  ...staff('supervisor', 'tech-support', { 'supervisor-sun': ['孙磊'] }),
  ...staff('supervisor', 'sales', { 'supervisor-ma': ['马骏'] }),
  ...staff('supervisor', 'quality', { 'supervisor-fang': ['方慧'] }),
  ...staff('supervisor', 'research', { 'supervisor-tang': ['唐丽'] }),
  ...staff('supervisor', 'account-management', { 'supervisor-xie': ['谢军'] }),
  ...staff('department-lead', 'service-desk', { 'lead-huang': ['黄伟'] }),
  ...staff('department-lead', 'tech-support', { 'lead-xu': ['徐明'] }),
  ...staff('department-lead', 'sales', { 'lead-luo': ['罗平'] }),
  ...staff('department-lead', 'quality', { 'lead-deng': ['邓宁'] }),
  ...staff('department-lead', 'research', { 'lead-feng': ['冯毅'] }),
  ...staff('quality', null, { 'quality-wu': ['吴静'] }),
  ...staff('management', null, { 'manager-gao': ['高远'] }),
  ...staff('admin', null, { 'admin-lin': ['林涛'] }),
  ...staff('customer', null, { 'customer-he': ['何俊'] }),
  ...staff('service', null, { 'service-portal': ['客户门户'] }),
]

/** People of one role and team, each with name and skills. Their addresses lead nowhere (RFC 2606). */
function staff(role: Role, team: string | null, named: Readonly<Record<string, readonly [string, ...string[]]>>): Person[] {
  return Object.entries(named).map(([id, [name, ...skills]]) => ({
    id,
    name,
    email: `${id}@bihuan.example`,
    roles: [role],
    active: true,
    teams: team === null ? [] : [team],
    skills,
  }))
}
