import { modelOf, reportModels } from '../../db/models.ts'
import type { Instant } from '../../domain/instant.ts'
import { said, locales, type Labels, type Locale } from '../../domain/labels.ts'
import type { ReportModel } from '../../domain/reports/model.ts'
import { narrowedText } from '../../domain/reports/narrowed.ts'
import { recurringTitle } from '../../domain/recurring/recurring.ts'
import type { World } from '../hosting.ts'
import { queueForRoles, type RoleMails } from '../role-mails.ts'

type Mails = Omit<RoleMails, 'params'> & { readonly dueAt?: Instant | null | undefined }

/** Mails about a report: one for each of those who hold one of the roles; how many there are. */
export async function queueMails(world: World, { dueAt, ...mails }: Mails): Promise<number> {
  const { number } = mails
  const kept = await modelOf(world.db, reportModels, number)
  if (!kept) throw new Error(`there is no report ${number}, or it is not reckoned`)
  const { model } = kept
  const params = {
    number,
    report: JSON.stringify(titleOf(model)),
    highlights: JSON.stringify(joined(model.highlights)),
    ...(typeof dueAt === 'string' && { dueAt }),
  }
  return queueForRoles(world, { ...mails, params })
}

/** With what all of it is narrowed to, without which its sentences would say something else. */
function titleOf(model: ReportModel): Labels {
  const title = recurringTitle(model.report.label, model.period)
  const [cn, tw, en] = locales.map((locale) => [title[locale], narrowedText(model, locale)].filter((text) => text !== '').join(' · '))
  return said(cn ?? '', tw ?? '', en ?? '')
}

function joined(sentences: readonly Labels[]): Labels {
  const [cn, tw, en] = locales.map((locale: Locale) => sentences.map((sentence) => sentence[locale]).join('\n'))
  return said(cn ?? '', tw ?? '', en ?? '')
}
