import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseProfile } from '../../../domain/profile/load.ts'
import { shippedDocuments } from '../../../runtime/shipped-profiles.ts'

describe('shipped profiles', () => {
  it.each(['internet-company', 'qms-service', 'standard-ticket', 'tech-support'])(
    'X9: %s with all that it extends is what test/unit/profiles/whole says; whoever changes either raises the version of both',
    async (id) => {
      const { profiles } = await shippedDocuments()
      const whole = parseProfile(readFileSync(`test/unit/profiles/whole/${id}.yaml`, 'utf8'))
      if (!whole.ok) throw new Error(JSON.stringify(whole.errors))
      const shipped = profiles.find(({ content }) => content.id === id)
      expect(shipped?.content).toEqual(whole.profile)
      expect(shipped?.base).toEqual({ id: 'base', version: 3 })
      // Without a version, another base would be other content under the same version.
      expect(shipped?.source).toMatch(/^extends: base@\d+$/m)
    },
  )
})
