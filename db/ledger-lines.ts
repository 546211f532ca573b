import type { AssignmentsTable, ContactsTable } from './tables/ledgers.ts'

/** Lines of the ledgers that several types share. */
export interface LedgerLines {
  readonly assignments: readonly AssignmentLine[]
  readonly contacts: readonly ContactLine[]
}

/** `team` is null where the batch does not say which team had the ticket: then the row knows. */
export type AssignmentLine = Omit<AssignmentsTable, 'process' | 'team'> & { readonly team: string | null }

export type ContactLine = Omit<ContactsTable, 'process'>
