import { said } from './labels.ts'

/** Deadlines of tickets that are no promise, and so no clock of a profile. */
export const ticketDeadlines = [
  { id: 'waiting', label: said('等待到期', '等待到期', 'end of waiting') },
  { id: 'handed-off', label: said('移交工单定期查看', '移交工單定期查看', 'look at handed-off tickets') },
  { id: 'reopening', label: said('可重新打开期限', '可重新開啟期限', 'end of the reopening window') },
] as const
