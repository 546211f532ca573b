import { roles, type Role } from '../../domain/people.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'

/** Who may ask for what: the lists of roles that operations name. */

/** Whoever is signed in, stated like any other choice: an operation without a word about roles is one nobody thought about. */
export const everyRole: readonly Role[] = roles
/** Everybody but customers. */
export const staffRoles: readonly Role[] = roles.filter((role) => role !== 'customer')
/** Who records absences of others and hands their work over. */
export const leadRoles: readonly Role[] = ['supervisor', 'department-lead', 'admin']
/** Whoever may reveal the contact of any ticket: others could reveal only those of their own. */
export const lookupRoles = roles.filter((role) =>
  ticketProcess.commands.some(({ shows, may }) => shows === 'contact' && may[role] === 'any'),
)
