import { z } from 'zod'
import { instantAnswer, personAnswer } from './schemas.ts'

/** What is answered of every installed document. */
export const installation = {
  installedAt: instantAnswer('when it was installed'),
  installedBy: personAnswer('who installed it'),
}

/** What is answered of a version that was installed, or is installed already. */
export function installedSchema(id: string, what: string) {
  return z
    .object({ id: z.string().describe('its id'), version: z.int().min(1).describe('its version') })
    .meta({ id, description: `A version of a ${what}` })
}

export const versionsAnswer = z.array(z.int()).describe('the versions there are, newest first')
