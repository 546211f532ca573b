import { z } from 'zod'
import { uniqueIds } from '../document/checks.ts'
import { labelsSchema } from '../labels.ts'
import type { ProcessStage } from '../stages.ts'
import { spokenBy, type Speaking } from './languages.ts'
import { stages, ticketStages, type Stage } from '../ticket-stages.ts'
import { ruleSchema, type Rule } from './conditions.ts'

/** The path of an organisation's tickets (X11): which stages they pass, and what each is called among colleagues and to customers. */

/** Stages that a profile can leave out. In the others a ticket finds its handler, is worked on, and can be taken up again. */
export const optionalStages = ['intake', 'triage', 'verification', 'confirmation', 'closing'] as const satisfies readonly Stage[]
export type OptionalStage = (typeof optionalStages)[number]

export function isOptional(stage: string): stage is OptionalStage {
  return optionalStages.some((one) => one === stage)
}

const stageSchema = z
  .strictObject({
    id: z.enum(stages).describe('which stage'),
    label: labelsSchema.optional().describe('what colleagues call it; absent: as the product does'),
    customer: labelsSchema.optional().describe('where the ticket stands, in plain words for its customer; absent: as the stage is called'),
    leftOut: ruleSchema
      .optional()
      .describe(
        'whether tickets pass over it: always, never, or under a condition; of `intake`, `triage`, `verification`, `confirmation` and `closing`. Absent: never',
      ),
  })
  .meta({ id: 'ProfileStage', description: 'a stage of the path' })

export const stagesSchema = uniqueIds(z.array(stageSchema))

/** What a profile says of its stages; one that was stored before says nothing. */
export interface Staged extends Partial<Speaking> {
  readonly stages?: z.output<typeof stagesSchema> | undefined
}

/** The stages of a ticket, as its profile calls them. */
export function stagesOf(profile: Staged): readonly ProcessStage[] {
  const { stages: own = [], languages } = profile
  if (own.length === 0 && languages === undefined) return ticketStages
  return ticketStages.map((stage): ProcessStage => {
    const said = own.find(({ id }) => id === stage.id)
    return { ...stage, labels: said?.label ?? spokenBy(profile, stage.labels), ...(said?.customer && { customer: said.customer }) }
  })
}

/** When tickets pass over stages, as far as `stages` says so; undefined where it does of none. */
export function leftOutBy({ stages: own = [] }: Staged): Readonly<Partial<Record<OptionalStage, Rule>>> | undefined {
  const said = optionalStages.flatMap((stage): [OptionalStage, Rule][] => {
    const rule = own.find(({ id }) => id === stage)?.leftOut ?? false
    return rule === false ? [] : [[stage, rule]]
  })
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

/** What says of stages that tickets pass over them: by stage, or by the older words `begins` and `closingReport`. */
export interface Passing {
  readonly leftOut?: Readonly<Partial<Record<OptionalStage, Rule>>> | undefined
  readonly begins?: 'intake' | 'triage' | 'assignment' | undefined
  readonly closingReport?: Rule | undefined
}

/** When tickets pass over a stage, however it is said. `unless`: always, but where that is so. */
export function leavingOut(
  stage: OptionalStage,
  { leftOut, begins, closingReport }: Passing,
): Rule | { readonly unless: Exclude<Rule, boolean> } {
  const rule = leftOut?.[stage]
  if (rule !== undefined) return rule
  switch (stage) {
    case 'intake':
      return begins === 'triage' || begins === 'assignment'
    case 'triage':
      return begins === 'assignment'
    case 'closing':
      return typeof closingReport === 'object' ? { unless: closingReport } : closingReport === false
    case 'verification':
    case 'confirmation':
      return false
  }
}

export function isUnless(when: ReturnType<typeof leavingOut>): when is { readonly unless: Exclude<Rule, boolean> } {
  return typeof when === 'object' && 'unless' in when
}
