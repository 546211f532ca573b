import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { calendarSchema } from '../../../domain/calendar/schema.ts'
import { profileSchema } from '../../../domain/profile/schema.ts'
import { apiDocument } from '../../support/api-document.ts'

/** Where a time zone is taken, it is Area/City or UTC: letters such as CST mean Chicago to a machine and China to whoever wrote them. */

const places = [
  ['zone of a profile', profileSchema.shape.zone],
  ['timezone of a calendar', calendarSchema.shape.timezone],
] as const

describe.each(places)('%s', (_, zone) => {
  it.each(['Asia/Shanghai', 'Asia/Taipei', 'America/Argentina/Buenos_Aires', 'America/Port-au-Prince', 'Europe/London', 'UTC'])(
    'may be %s',
    (given) => {
      expect(zone.safeParse(given).success).toBe(true)
    },
  )

  it.each(
    ['CST', 'BST', 'IST', 'EST', 'GMT', 'PRC', 'EST5EDT', 'utc', 'asia/shanghai'].concat([
      'Etc/GMT-8',
      '+08:00',
      'GMT+8',
      'UTC+8',
      'Asia/Shanghai ',
      ' UTC',
      'Asia/Beijing',
      'Asia',
      'Asia/',
      '',
    ]),
  )('may not be "%s"', (given) => {
    const { error } = zone.safeParse(given)
    expect(error?.issues.map(({ message }) => message)).toEqual([expect.stringMatching(/^zone(?:-abbreviated)?$/)])
  })
})

it('no other place takes a zone: neither what is sent to the API, nor a flag, nor the environment', async () => {
  const names = JSON.stringify(await apiDocument()).match(/(?<=")\w*zone\w*(?=":|",)/gi) ?? []
  expect([...new Set(names)].toSorted()).toEqual(['timezone', 'zone'])
  const code = ['cli', 'runtime'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => `${folder}/${path}`),
  )
  for (const file of ['.env.example', ...code.filter((path) => path.endsWith('.ts'))])
    expect(readFileSync(file, 'utf8').match(/--\w*zone|TIME_?ZONE/g), file).toBeNull()
})
