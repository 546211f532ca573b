import type { Instant } from '../../domain/instant.ts'

/** What reports and assessments hold (../models.ts). Kept as it was written, so that its bytes are its checksum's. */
export interface ModelsTable {
  number: string
  model: string
  sha256: string
  reckonedAt: Instant
}
