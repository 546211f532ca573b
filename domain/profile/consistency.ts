import type { z } from 'zod'

/** What has to agree between the parts of a profile. Looked at when each part is right by itself. */

interface Parts {
  readonly types: readonly { readonly id: string }[]
  readonly priorities: readonly { readonly reviewMeeting: boolean }[]
  readonly begins: string
  readonly customerTags: readonly { readonly when?: { readonly types: readonly string[] } | undefined }[]
}

export function checkConsistency({ types, priorities, begins, customerTags }: Parts, context: z.RefinementCtx): void {
  const known = types.map(({ id }) => id)
  customerTags.forEach((tag, at) =>
    tag.when?.types.forEach((type, nth) => {
      if (!known.includes(type))
        context.addIssue({
          code: 'custom',
          message: 'unknown-type',
          params: { known: known.join(', ') },
          input: type,
          path: ['customerTags', at, 'when', 'types', nth],
        })
    }),
  )
  if (begins !== 'assignment') return
  priorities.forEach(({ reviewMeeting }, at) => {
    if (reviewMeeting) context.addIssue({ code: 'custom', message: 'review-without-triage', path: ['priorities', at, 'reviewMeeting'] })
  })
}
