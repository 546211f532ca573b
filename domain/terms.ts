import type { Labels } from './labels.ts'
import type { LadderRole } from './people.ts'

/** Labels of the words that every profile shares (PROCESS terms; docs/glossary.md). */

/** How high a warning or a breach has climbed (X4). */
export const levelLabels: Readonly<Record<'handler' | 'representative' | 'team' | LadderRole, Labels>> = {
  handler: { 'zh-CN': '处理人', 'zh-TW': '處理人', en: 'handler' },
  representative: { 'zh-CN': '客服代表', 'zh-TW': '客服代表', en: 'service representative' },
  team: { 'zh-CN': '团队', 'zh-TW': '團隊', en: 'team' },
  lead: { 'zh-CN': '组长', 'zh-TW': '組長', en: 'team lead' },
  supervisor: { 'zh-CN': '主管', 'zh-TW': '主管', en: 'supervisor' },
  'department-head': { 'zh-CN': '部门负责人', 'zh-TW': '部門負責人', en: 'department head' },
  admin: { 'zh-CN': '管理员', 'zh-TW': '管理員', en: 'administrator' },
}
