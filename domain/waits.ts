import { said } from './labels.ts'

/** For what a ticket waits that no profile lists: the answer of the service desk (R7). By `any` no clock rests for that; one that is to, names it. */
export const queryWait = { id: 'query', label: said('服务台答复', '服務台答覆', "the service desk's answer") } as const
