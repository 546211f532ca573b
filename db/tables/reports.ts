import type { Instant } from '../../domain/instant.ts'

/** What reports hold (../report-models.ts). Kept as it was written, so that its bytes are its checksum's. */
export interface ReportModelsTable {
  number: string
  model: string
  sha256: string
  reckonedAt: Instant
}
