import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import { lineUpTo } from '../common/inputs.ts'

/** Shapes that registration and commands of tickets share. */

export const titleSchema = labelled(lineUpTo(200).describe('what the ticket is called in lists'), said('标题', '標題', 'Title'))
