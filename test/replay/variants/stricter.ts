import { conflict } from '../../../domain/rejection.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { changedTicket, type TicketInput } from './changed.ts'

/** Takes back what was accepted: a second conversation, which moves no clock, so that no command tells Temporal. */
export async function ticket(input: TicketInput): Promise<void> {
  const commands = ticketProcess.commands.map((command): (typeof ticketProcess.commands)[number] => {
    if (command.name !== 'contact') return command
    return {
      ...command,
      decide: (context, given) =>
        context.state.counts.contacts > 0 ? { ok: false, rejection: conflict('already-held') } : command.decide(context, given),
    }
  })
  await changedTicket(input, { process: { commands } })
}
