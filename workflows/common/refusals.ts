import { z } from 'zod'
import type { Instant } from '../../domain/instant.ts'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Command, ProcessState } from '../process.ts'
import { defineCommandOf } from './command.ts'

/**
 * 拒绝: what a process told another one, or had opened, and was refused stands in its log, for those who work there. The command is the one to
 * name where a process opens or tells another (other-processes.ts).
 */
export const noteRefusalName = 'note-refusal'

export interface RefusalNoted {
  /** Number of the process that refused. */
  readonly to: string
  readonly command: string
  readonly code: string
}

/** A process that keeps count of what was refused it. */
export interface Refused extends ProcessState {
  readonly refusals: number
}

/** Given by `system` alone. */
export function noteRefusalOf<S extends ProcessState, P>(
  { stages, requirements = [] }: { readonly stages: readonly S['stage'][]; readonly requirements?: readonly string[] },
  beganAt: (state: S) => Instant,
): Command<S, { readonly type: 'refusal-noted' } & RefusalNoted, P> {
  return defineCommandOf(
    {
      name: noteRefusalName,
      labels: said('记录拒绝', '記錄拒絕', 'Note refusal'),
      summary: 'Notes that another process refused what this one told it.',
      requirements,
      may: {},
      stages,
      input: () => refusalSchema,
      decide: (_, refusal) => [{ type: 'refusal-noted', ...refusal }],
    },
    beganAt,
  )
}

const refusalSchema = z.strictObject({
  to: labelled(z.string(), said('对方编号', '對方編號', 'Told process')),
  command: labelled(z.string(), said('步骤', '步驟', 'Command')),
  code: labelled(z.string(), said('拒绝代码', '拒絕代碼', 'Refusal code')),
})
