import { listCalendars } from '../api/operations/calendars.ts'
import { listPeople, listTeams } from '../api/operations/people.ts'
import { listProfiles } from '../api/operations/profiles.ts'
import { openDocument } from '../domain/document/open.ts'
import { said } from '../domain/labels.ts'
import { fill } from '../domain/template.ts'
import type { Installation } from '../domain/profile/installation-warnings.ts'
import { checkProfileDocument } from '../domain/profile/load.ts'
import type { Profile } from '../domain/profile/schema.ts'
import { warnOf } from '../domain/profile/warned.ts'
import { whereIfRunning } from './asking.ts'
import { createClient } from './client.ts'
import type { Checking } from './commands/profile.ts'
import { reportFaults, reportWarnings } from './document-report.ts'
import { basesBeside, formatOf, mostPieces } from './profile-files.ts'
import { readTextFile } from './text-file.ts'

const good = said(
  '没有错误[，有 {count} 条警告]。{looked}',
  '沒有錯誤[，有 {count} 則警告]。{looked}',
  'good[, with {count} warnings]. {looked}',
)
const looked = {
  there: said(
    '已与正在运行的产品核对工作日历、团队和人员。',
    '已與正在執行的產品核對工作日曆、團隊與人員。',
    'Calendar, teams and people were looked up in the running product.',
  ),
  later: said(
    '所写的工作日历和团队是否存在，安装时再核对。',
    '所寫的工作日曆與團隊是否存在，安裝時再核對。',
    'Whether its calendar and teams are there is looked up when it is installed.',
  ),
}

/** `bihuan profile check`: what is wrong with a profile in a file, and what it would let people forget (X13). */
export async function checkFile(file: string, checking: Checking): Promise<void> {
  const { encoding, lang: locale, strict = false } = checking
  const { text } = await readTextFile(file, encoding)
  const opened = openDocument(text, { format: formatOf(file), mostPieces, locale })
  if (!opened.ok) return reportFaults(file, opened.errors)
  const bases = await basesBeside(file)
  const document = checkProfileDocument(opened, { bases })
  if (!document.ok) return reportFaults(file, document.errors)
  const installation = await installationOf(checking, 'profile' in document ? document.profile : undefined)
  const warnings = 'profile' in document ? warnOf(opened, document.profile, { bases, installation }) : []
  reportWarnings(file, warnings, locale, strict)
  if (strict && warnings.length > 0) return
  const filling = {
    count: warnings.length === 0 ? undefined : String(warnings.length),
    looked: looked[installation ? 'there' : 'later'][locale],
  }
  console.log(`${file}: ${fill(good[locale], filling)}`)
}

/** Who and what is there, as the running product says; undefined where none runs. */
async function installationOf(checking: Checking, profile: Profile | undefined): Promise<Installation | undefined> {
  const product = whereIfRunning(checking)
  if (!product) return undefined
  const client = createClient({ ...product, locale: checking.lang })
  const [calendars, teams, people, profiles] = await Promise.all([
    client.read(listCalendars),
    client.read(listTeams),
    client.read(listPeople),
    client.read(listProfiles),
  ])
  const announced = profiles.items.flatMap(({ id, next }) => (id === profile?.id && next ? [next] : []))
  return { calendars: calendars.items.map(({ id }) => id), teams: teams.items, people: people.items, announced }
}
