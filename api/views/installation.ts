import { z } from 'zod'
import { instantAnswer, personAnswer } from './schemas.ts'

/** What is answered of every installed document. */
export const installation = {
  installedAt: instantAnswer('when it was installed'),
  installedBy: personAnswer('who installed it'),
}
export const versionsAnswer = z.array(z.int()).describe('the versions there are, newest first')
