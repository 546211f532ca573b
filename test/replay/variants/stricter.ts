import { conflict } from '../../../domain/rejection.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { changedTicket, type TicketInput } from './changed.ts'

/** Takes back what was accepted: acts on record are refused when they are replayed. No command tells Temporal so. */
export async function ticket(input: TicketInput): Promise<void> {
  const commands = ticketProcess.commands.map((command) =>
    command.name === 'claim' ? { ...command, decide: () => ({ ok: false as const, rejection: conflict('already-held') }) } : command,
  )
  await changedTicket(input, { process: { commands } })
}
