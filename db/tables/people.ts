import type { ColumnType, Generated, GeneratedAlways } from 'kysely'
import type { Instant } from '../../domain/instant.ts'
import type { Labels } from '../../domain/labels.ts'
import type { Preferences } from '../../domain/notices/preferences.ts'
import type { Role } from '../../domain/people.ts'
import type { Json } from './json-columns.ts'

/** Who works here, in which teams, when they are away, and by which tokens they sign in. */

export interface PeopleTable {
  id: string
  name: string
  email: string | null
  roles: Role[]
  active: Generated<boolean>
  preferences: ColumnType<Preferences, string | undefined, string>
}

export interface TeamsTable {
  id: string
  labels: Json<Labels>
  /** Whom the breach ladder climbs to (X4): team lead 组长, supervisor 主管, department head 部门负责人. */
  lead: string | null
  supervisor: string | null
  departmentHead: string | null
}

export interface MembershipsTable {
  team: string
  person: string
}

export interface SkillsTable {
  person: string
  skill: string
}

/** Somebody is away from `absentFrom` until before `absentUntil` (X8). */
export interface AbsencesTable {
  id: GeneratedAlways<number>
  person: string
  absentFrom: Instant
  /** Null while nobody knows. */
  absentUntil: Instant | null
  deputy: string | null
  note: string | null
}

export interface TokensTable {
  /** SHA-256 of the token; the token itself is nowhere. */
  hash: Buffer
  person: string
  label: string
  createdAt: Instant
  lastUsedAt: Instant | null
  expiresAt: Instant | null
  revokedAt: Instant | null
}
