import type { Labels } from './labels.ts'
import type { Stage } from './profile/schema.ts'

/** Labels of the words that every profile shares (PROCESS terms; docs/glossary.md). */

export const stageLabels: Readonly<Record<Stage, Labels>> = {
  intake: { 'zh-CN': '受理', 'zh-TW': '受理', en: 'intake' },
  triage: { 'zh-CN': '诊断与定级', 'zh-TW': '診斷與定級', en: 'triage' },
  assignment: { 'zh-CN': '分派/待认领', 'zh-TW': '分派/待認領', en: 'assignment' },
  handling: { 'zh-CN': '处理中', 'zh-TW': '處理中', en: 'handling' },
  verification: { 'zh-CN': '内部验证', 'zh-TW': '內部驗證', en: 'verification' },
  confirmation: { 'zh-CN': '客户确认', 'zh-TW': '客戶確認', en: 'confirmation' },
  closing: { 'zh-CN': '结案', 'zh-TW': '結案', en: 'closing' },
  'follow-up': { 'zh-CN': '回访', 'zh-TW': '回訪', en: 'follow-up' },
  archived: { 'zh-CN': '已归档', 'zh-TW': '已歸檔', en: 'archived' },
  withdrawn: { 'zh-CN': '已撤回', 'zh-TW': '已撤回', en: 'withdrawn' },
  merged: { 'zh-CN': '已合并', 'zh-TW': '已合併', en: 'merged' },
}

/** Deadlines that are no promise, and so no clock of a profile. */
export const deadlineLabels: Readonly<Record<string, Labels>> = {
  waiting: { 'zh-CN': '等待到期', 'zh-TW': '等待到期', en: 'end of waiting' },
  reopening: { 'zh-CN': '可重新打开期限', 'zh-TW': '可重新開啟期限', en: 'end of the reopening window' },
}

/** How high a warning or a breach has climbed (X4). */
export const levelLabels: Readonly<Record<string, Labels>> = {
  handler: { 'zh-CN': '处理人', 'zh-TW': '處理人', en: 'handler' },
  representative: { 'zh-CN': '客服代表', 'zh-TW': '客服代表', en: 'service representative' },
  team: { 'zh-CN': '团队', 'zh-TW': '團隊', en: 'team' },
  lead: { 'zh-CN': '组长', 'zh-TW': '組長', en: 'team lead' },
  supervisor: { 'zh-CN': '主管', 'zh-TW': '主管', en: 'supervisor' },
  'department-head': { 'zh-CN': '部门负责人', 'zh-TW': '部門負責人', en: 'department head' },
  admin: { 'zh-CN': '管理员', 'zh-TW': '管理員', en: 'administrator' },
}
