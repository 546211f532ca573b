import { said } from '../domain/labels.ts'
import { parseProfileDocument } from '../domain/profile/load.ts'
import type { Checking } from './commands/profile.ts'
import { reportFaults } from './document-report.ts'
import { basesBeside, formatOf, mostPieces } from './profile-files.ts'
import { readTextFile } from './text-file.ts'

const good = said(
  '没有错误。所写的工作日历和团队是否存在，安装时再核对。',
  '沒有錯誤。所寫的工作日曆與團隊是否存在，安裝時再核對。',
  'good. Whether its calendar and teams are there is looked up when it is installed.',
)

/** `bihuan profile check`: what is wrong with a profile in a file. */
export async function checkFile(file: string, { encoding, lang: locale }: Checking): Promise<void> {
  const { text } = await readTextFile(file, encoding)
  const result = parseProfileDocument(text, { format: formatOf(file), bases: await basesBeside(file), mostPieces, locale })
  if (!result.ok) return reportFaults(file, result.errors)
  console.log(`${file}: ${good[locale]}`)
}
