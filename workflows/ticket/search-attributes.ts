import { said } from '../../domain/labels.ts'
import type { Policy } from '../../domain/profile/policy.ts'
import {
  assigneeAttribute,
  nextDueAttribute,
  overdueAttribute,
  profileAttribute,
  stageAttribute,
  teamAttribute,
} from '../common/search-attributes.ts'
import type { SearchAttribute } from '../search-attribute.ts'
import type { TicketState } from './state.ts'

/** By what people find tickets in the Temporal UI: what all types share, and three of its own. */
export const searchAttributes: readonly SearchAttribute<TicketState, Policy>[] = [
  stageAttribute,
  { name: 'BihuanPriority', type: 'KEYWORD', meaning: said('优先级', '優先等級', 'priority'), value: ({ priority }) => priority },
  { name: 'BihuanType', type: 'KEYWORD', meaning: said('类型', '類型', 'type'), value: ({ type }) => type },
  profileAttribute,
  teamAttribute,
  assigneeAttribute,
  {
    name: 'BihuanWaitingFor',
    type: 'KEYWORD',
    meaning: said('等待对象（无：未在等待）', '等待對象（無：未在等待）', 'for what it waits; none: it does not'),
    value: ({ waiting }) => waiting?.for ?? null,
  },
  nextDueAttribute,
  overdueAttribute,
]
