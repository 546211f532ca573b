import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'
import { profileCommand } from '../cli/commands/profile.ts'
import type { RehearseAsked } from '../cli/commands/rehearse.ts'

/** What a `bihuan profile …` says, errors included: as in a terminal of some columns without colours, on a machine on which no product runs. */
export async function saidBy(words: string): Promise<string> {
  const pieces: string[] = []
  const { log, error } = console
  const line = (text: unknown) => void pieces.push(`${String(text)}\n`)
  const before = process.exitCode
  const data = process.env['BIHUAN_DATA']
  process.env['BIHUAN_DATA'] = join(tmpdir(), 'bihuan-where-nothing-runs')
  console.log = line
  console.error = line
  try {
    await commandsFor((text) => pieces.push(text)).parseAsync(split(words), { from: 'user' })
  } finally {
    Object.assign(console, { log, error })
    process.exitCode = before
    if (data === undefined) delete process.env['BIHUAN_DATA']
    else process.env['BIHUAN_DATA'] = data
  }
  return pieces.map((piece) => piece.replaceAll(/ +$/gm, '')).join('')
}

/** Columns of a page. */
const width = 110

function commandsFor(write: (text: string) => void): Command {
  const profile = profileCommand()
  const rehearse = profile.commands.find((command) => command.name() === 'rehearse')
  rehearse?.action(async (named: string, asked: RehearseAsked) => {
    const { printRehearsal } = await import('../cli/rehearsal/run.ts')
    await printRehearsal(named, asked, { write, colour: false, width })
  })
  return new Command('bihuan').exitOverride().addCommand(profile)
}

/** Words of a command line: at spaces, but for what stands in quotes. */
function split(words: string): string[] {
  return [...words.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
