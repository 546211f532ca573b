import { connect } from '../../db/connect.ts'
import { installProfile } from '../../db/profiles.ts'
import { instantOf } from '../../domain/instant.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { shippedBases } from '../../runtime/shipped-profiles.ts'
import { profileOfBench } from './profile.ts'

/** A profile that extends that of the bench, with conditions in every place where a registration or a step looks at them (X9, X10). */
const conditionalProfile = 'bench-conditional'

const text = `id: ${conditionalProfile}
version: 1
extends: ${profileOfBench}
label: { zh-CN: 有条件的流程, zh-TW: 有條件的流程, en: With conditions }
document: { title: With conditions, preparer: A, reviewer: B, approver: C, effectiveFrom: "2026-01-01" }
number: { pattern: "BC{yyyyMMdd}{serial:6}" }
customerTags:
  - { id: bench-vip, label: { zh-CN: 重点客户, zh-TW: 重點客戶, en: Key account }, accounts: [bench-vip] }
clocks:
  - id: resolution
    exceptions:
      - { when: { tag: bench-vip }, within: PT12H, timeBase: elapsed }
      - { when: { channel: phone, priority: high }, within: PT36H }
    ladder:
      - { id: bench-lead, at: "+50%", to: [lead], when: { priority: [urgent, high] } }
  - id: progress
    exceptions: [{ when: { priority: high, not: { channel: phone } }, within: PT2H }]
routing:
  - { when: { type: software-fault, priority: urgent }, team: second-line }
  - { when: { channel: email }, team: second-line }
notificationRules:
  - { id: bench-news, on: [deferred], to: [lead], notice: deferral-reported, when: { priority: [urgent, high] } }
`

/** Installs it; its id. Of the bench's own tickets no condition of its routing holds: they go where the others go. */
export async function installConditional(databaseUrl: string): Promise<string> {
  const parsed = parseProfile(text, { bases: await shippedBases() })
  if (!parsed.ok) throw new Error(parsed.errors.map(({ path, reason }) => `${path}: ${reason}`).join('\n'))
  const { quietHours: _, ...profile } = parsed.profile
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    await installProfile(db, { profile, source: null, installedAt: instantOf(Date.now()), installedBy: 'bench' })
    return conditionalProfile
  } finally {
    await db.destroy()
  }
}
