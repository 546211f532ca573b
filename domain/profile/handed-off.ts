import { z } from 'zod'

/** When whoever handed tickets off looks at them 定期查看 (R10). */

export const handedOffSchema = z
  .strictObject({
    at: z
      .array(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'time-of-day'))
      .min(1)
      .max(6)
      .describe('times of day in the zone of the profile, on its working days, such as 09:30'),
  })
  .meta({
    id: 'ProfileHandedOff',
    description:
      'when whoever keeps in touch with the customer is told, in one mail, which of their tickets others have in hand, and how long each has been silent (R10)',
  })
