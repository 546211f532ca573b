import { Command } from 'commander'
import { asking, type Asking } from './asking.ts'

export interface LedgerAsked extends Asking {
  readonly ticket?: string
  readonly team?: string
  readonly person?: string
  readonly from?: string
  readonly until?: string
  readonly csv?: true
}

export function assignmentsCommand(): Command {
  const command = new Command('assignments')
    .description('the assignment ledger: who got which ticket, when, from whom and why, newest first · 分配记录台账')
    .option('--ticket <number>', 'of that ticket')
    .option('--team <team>', 'that went to that team, by its id')
    .option('--person <person>', 'that went to that person, by their id')
    .option('--from <instant>', 'from that instant on, such as 2026-12-01T00:00:00+08:00')
    .option('--until <instant>', 'before that instant')
    .option('--csv', 'as a file for a spreadsheet')
  return asking(command).action(async (asked: LedgerAsked) => {
    const { printLedger } = await import('../assignments.ts')
    await printLedger(asked)
  })
}
