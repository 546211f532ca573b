import { connect } from '../../db/connect.ts'
import { installCalendar } from '../../db/calendars.ts'
import { installProfile } from '../../db/profiles.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Profile } from '../../domain/profile/schema.ts'
import { shippedProfiles } from '../../runtime/shipped-profiles.ts'
import type { Office } from './world.ts'

/** A profile whose tickets all break their first promise in the same second. */

export const stormId = 'storm'
export const minuteMs = 60_000
export const secondMs = 1_000

type Ladder = Profile['clocks'][number]['ladder']

/**
 * A working calendar that opens for a minute, and a promise of one working second: whatever came before is due one second after
 * it opens. `ladder` says who hears of it.
 */
export async function installStorm({ databaseUrl }: Pick<Office, 'databaseUrl'>, opens: number, ladder: Ladder = []): Promise<void> {
  const shipped = (await shippedProfiles()).find(({ content }) => content.id === 'tech-support')?.content
  if (!shipped) throw new Error('the profile of technical support does not ship')
  const { quietHours: _, ...usual } = shipped
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    await installCalendar(db, { ...by(), calendar: calendarOf(opens, '18:00') })
    await installProfile(db, {
      ...by(),
      profile: {
        ...usual,
        id: stormId,
        version: 1,
        calendar: stormId,
        number: { pattern: 'ST{yyyyMMdd}{serial:4}' },
        clocks: usual.clocks.map((clock) => (clock.id === 'first-response' ? { ...clock, within: 'PT1S', ladder } : clock)),
      },
    })
  } finally {
    await db.destroy()
  }
}

/** Installs another version of the calendar, in which days end earlier: every running ticket counts anew. */
export async function changeStormCalendar({ databaseUrl }: Pick<Office, 'databaseUrl'>, opens: number): Promise<void> {
  const db = connect(databaseUrl, { poolSize: 1 })
  try {
    await installCalendar(db, { ...by(), calendar: calendarOf(opens, '17:00') })
  } finally {
    await db.destroy()
  }
}

function by() {
  return { source: null, installedAt: instantOf(Date.now()), installedBy: 'bench' }
}

function calendarOf(opens: number, ends: string) {
  const [date = '', from = ''] = instantOf(opens).split(/[T]|:\d\d\.000Z/)
  const [, until = ''] = instantOf(opens + minuteMs).split(/[T]|:\d\d\.000Z/)
  const usual = [`09:00-${ends}`]
  return {
    id: stormId,
    timezone: 'UTC',
    week: { mon: usual, tue: usual, wed: usual, thu: usual, fri: usual, sat: usual, sun: usual },
    days: { [date]: [`${from}-${until === '00:00' ? '24:00' : until}`] },
    coveredThrough: '2099-12-31',
  }
}
