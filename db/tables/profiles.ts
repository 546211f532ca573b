import type { Calendar } from '../../domain/calendar/schema.ts'
import type { Instant } from '../../domain/instant.ts'
import type { StoredProfile } from '../../domain/profile/upgrade.ts'
import type { ProfileTemplate } from '../../domain/profile/written.ts'
import type { Json } from './json-columns.ts'

/** Profiles and calendars, as they were installed. */

/** Installed versions of profiles; a version never changes (X1). */
export interface ProfilesTable {
  id: string
  version: number
  /** As a release stored it: read through `upgraded`. */
  content: Json<StoredProfile>
  /** The document as it was written, comments included; null for one that was never a text here. */
  source: string | null
  /** What it extends, pinned, as `base@1`; null when it stands for itself. */
  base: string | null
  /** When it begins to count: with its day, in its zone; null where it does since it was installed. */
  effectiveAt: Instant | null
  installedAt: Instant
  installedBy: string
}

/** Profiles and templates that are retired: by id, whatever the version. */
export interface RetiredProfilesTable {
  id: string
  retiredAt: Instant
  retiredBy: string
  reason: string
}

/** Installed versions of what profiles can extend and no ticket runs by (X9). Ids of profiles and templates are told apart. */
export interface ProfileTemplatesTable {
  id: string
  version: number
  content: Json<ProfileTemplate>
  source: string | null
  base: string | null
  installedAt: Instant
  installedBy: string
}

/** Working calendars (X2). They carry no version of their own: each change becomes the next one. */
export interface CalendarsTable {
  id: string
  version: number
  content: Json<Calendar>
  source: string | null
  /** Local date through which holidays are announced; promises beyond it are guesses. */
  coveredThrough: string
  installedAt: Instant
  installedBy: string
}
