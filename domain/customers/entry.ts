import { z } from 'zod'
import { inOneLine } from '../line.ts'

/** An entry of the directory of customers 客户档案: a person or an organisation. */

export const entryKinds = ['person', 'organisation'] as const
export type EntryKind = (typeof entryKinds)[number]

/** Letters and digits that are not taken for each other when they are read aloud; eighty random bits, which tell nothing. */
export const entryIdLetters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
export const entryIdLength = 16
export const entryIdSchema = inOneLine(z.string().min(1).max(40)).describe('id of an entry in the directory of customers')

/** Contacts that an entry takes from tickets; more are somebody else's mistake, or a machine's. */
export const mostContacts = 20
