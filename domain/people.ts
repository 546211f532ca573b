import { z } from 'zod'
import type { Labels } from './labels.ts'

/** Roles a person can hold; what each may do is said by the command definitions. `service` is a machine. */
export const roles = [
  'customer',
  'agent',
  'engineer',
  'supervisor',
  'department-lead',
  'quality',
  'management',
  'admin',
  'service',
] as const
export type Role = (typeof roles)[number]
export const roleSchema = z.enum(roles)

export const roleLabels: Record<Role, Labels> = {
  customer: { 'zh-CN': '客户', 'zh-TW': '客戶', en: 'customer' },
  agent: { 'zh-CN': '客服', 'zh-TW': '客服', en: 'agent' },
  engineer: { 'zh-CN': '工程师', 'zh-TW': '工程師', en: 'engineer' },
  supervisor: { 'zh-CN': '主管', 'zh-TW': '主管', en: 'supervisor' },
  'department-lead': { 'zh-CN': '部门负责人', 'zh-TW': '部門負責人', en: 'department lead' },
  quality: { 'zh-CN': '质检专员', 'zh-TW': '品管人員', en: 'quality' },
  management: { 'zh-CN': '管理层', 'zh-TW': '管理層', en: 'management' },
  admin: { 'zh-CN': '管理员', 'zh-TW': '管理員', en: 'admin' },
  service: { 'zh-CN': '系统账号', 'zh-TW': '系統帳號', en: 'service account' },
}

/** Whether somebody works here. Who is a customer and nothing else is neither given work nor told what colleagues tell each other. */
export function isStaff({ roles: held }: { readonly roles: readonly Role[] }): boolean {
  return held.some((role) => role !== 'customer')
}

/** Whether somebody is a colleague, who can be named for work: of staff, and no machine, which could do none of it. */
export function isColleague({ roles: held }: { readonly roles: readonly Role[] }): boolean {
  return held.some((role) => role !== 'customer' && role !== 'service')
}

/** Whether somebody is a customer and nothing else. `system`, which holds no role, is none. */
export function isOnlyCustomer(actor: { readonly roles: readonly Role[] }): boolean {
  return actor.roles.includes('customer') && !isStaff(actor)
}

/** Places over a team to which a breach ladder climbs (X4), lowest first; `admin` is the last rung of every ladder. */
export const ladderRoles = ['lead', 'supervisor', 'department-head', 'admin'] as const
export type LadderRole = (typeof ladderRoles)[number]

/** A team, whom a breach climbs to, and who belongs to it. */
export interface Team {
  readonly id: string
  readonly labels: Labels
  readonly lead: string | null
  readonly supervisor: string | null
  readonly departmentHead: string | null
  readonly members: readonly string[]
}

/** Who acts: the person behind a request. `system` is the product itself and holds no role. */
export interface Actor {
  readonly id: string
  readonly roles: readonly Role[]
  readonly teams: readonly string[]
  /**
   * Absent people for whom they stand in just now: what these have in hand, they may work on (X8). Looked up before an act;
   * absent: nobody, and in acts of before it was looked up.
   */
  readonly standsInFor?: readonly string[]
}

export const systemActor: Actor = { id: 'system', roles: [], teams: [] }

/** Whether the product itself acts, be it for another process. Nobody else holds no role. */
export function isSystem({ id, roles: held }: Pick<Actor, 'id' | 'roles'>): boolean {
  return id === systemActor.id && held.length === 0
}

/** What a command needs to know of the people and teams it mentions, and of the deputies of the absent ones, looked up before it is decided. */
export interface Directory {
  readonly people: Readonly<Record<string, DirectoryPerson>>
  readonly teams: readonly string[]
}

export interface DirectoryPerson {
  readonly roles: readonly Role[]
  readonly teams: readonly string[]
  /** Set while the person is absent: who stands in, or null when nobody was named (X8). */
  readonly absence?: { readonly deputy: string | null }
}

export const emptyDirectory: Directory = { people: {}, teams: [] }

/** Shape of the ids of people and teams: what a URL and a file name can carry. Nobody is called `system`: that is the product itself. Without flags, which the API's published schemas could not say. */
export const personIdSchema = z.string().regex(/^(?!system$)[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'person-id')
export const teamIdSchema = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,63}$/, 'team-id')
