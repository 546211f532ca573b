import type { Encoding } from '../domain/document/encoding.ts'
import { parseProfileDocument } from '../domain/profile/load.ts'
import { reportFaults } from './document-report.ts'
import { basesBeside, formatOf, mostPieces } from './profile-files.ts'
import { readTextFile } from './text-file.ts'

/** `bihuan profile check`: what is wrong with a profile in a file. */
export async function checkFile(file: string, encoding: Encoding): Promise<void> {
  const { text } = await readTextFile(file, encoding)
  const result = parseProfileDocument(text, { format: formatOf(file), bases: await basesBeside(file), mostPieces })
  if (!result.ok) return reportFaults(file, result.errors)
  const looked = 'profile' in result ? 'Whether its calendar and teams are there' : 'Whether its calendar is there'
  console.log(`${file}: good. ${looked} is looked up when it is installed.`)
}
