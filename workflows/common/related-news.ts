import { z } from 'zod'
import { labelled } from '../../domain/labelled.ts'
import { said } from '../../domain/labels.ts'
import type { Ask } from '../process.ts'
import { longText, numberSchema, shortText } from './inputs.ts'
import { telling } from './other-processes.ts'

/**
 * What a process tells the one that it belongs to, whatever the types of both: what happened to it, as a line for those who work there. It
 * decides nothing, keeps no promise and moves no clock. A type that is to hear of others has a command of that name, with this input.
 */
export const relatedNewsName = 'note-related'

export const relatedNewsLabels = said('记录关联流程动态', '記錄關聯流程動態', 'Note related process')

export const relatedNewsSchema = z.strictObject({
  process: labelled(numberSchema.describe('number of the process'), said('关联流程编号', '關聯流程編號', 'Related process')),
  what: labelled(
    z
      .strictObject({
        'zh-CN': labelled(shortText, said('简体中文', '簡體中文', 'Simplified Chinese')),
        'zh-TW': labelled(shortText, said('繁体中文', '繁體中文', 'Traditional Chinese')),
        en: labelled(shortText, said('英文', '英文', 'English')),
      })
      .describe('what happened to it, in the three languages'),
    said('动态', '動態', 'What happened'),
  ),
  remark: labelled(longText.optional().describe('what somebody said about it, in their words'), said('说明', '說明', 'Remark')),
})
export type RelatedNews = z.output<typeof relatedNewsSchema>

/** Tells it to the process of that number; a refusal is told back by the command `refused`, if one is named. */
export function tellingNews(to: string, news: RelatedNews, refused?: string): Ask {
  return telling(to, relatedNewsName, news, refused)
}
