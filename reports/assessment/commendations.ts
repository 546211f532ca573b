import type { Account } from '../../domain/assessment/account.ts'
import type { Commendations, Nomination } from '../../domain/assessment/commendations.ts'
import type { AssessmentModel } from '../../domain/assessment/model.ts'
import { own } from '../../domain/own.ts'
import { column, row, textCell } from '../cells.ts'
import type { DocumentSection, Row } from '../document.ts'
import { dash } from '../values.ts'
import { filled } from '../words.ts'
import { byWhom, type Reader } from './subject.ts'
import { words } from './words.ts'

/** 表彰: who is proposed as outstanding or was nominated, why, and what the management decided. No section where there is nobody. */
export function commendationSections(
  commendations: Commendations,
  { model, accounts }: { readonly model: AssessmentModel; readonly accounts: readonly Account[] },
  reader: Reader,
): DocumentSection[] {
  const { locale } = reader
  const { nominations, proposed } = commendations
  const rows = [
    ...(proposed ?? []).map((person) => proposedRow(person, commendations, { model, accounts, reader })),
    ...nominations.map((nomination) => nominationRow(nomination, commendations, model, reader)),
  ]
  if (rows.length === 0) return []
  const columns = [
    column(words.person[locale]),
    column(words.for[locale]),
    column(words.why[locale], { isWide: true }),
    column(words.decided[locale]),
  ]
  return [{ id: 'commendations', heading: words.commendations[locale], blocks: [{ kind: 'table', columns, rows }] }]
}

function proposedRow(
  person: string,
  { outstanding, closedAt }: Commendations,
  { model, accounts, reader }: { readonly model: AssessmentModel; readonly accounts: readonly Account[]; readonly reader: Reader },
): Row {
  const { locale } = reader
  const score = accounts.find((account) => account.score.kind === 'person' && account.score.id === person)?.score
  const commended = own(outstanding, person)
  const reached =
    score && score.score !== null ? filled(words.reached[locale], { score: score.score.toFixed(2), rank: score.rank ?? dash }) : ''
  return row([
    textCell(own(reader.names, person) ?? person),
    textCell(words.outstanding[locale]),
    textCell(reached, { note: commended ? decidedText({ ...commended, reason: commended.remark }, model, reader) : '' }),
    textCell(commended ? words.chosen[locale] : openText(closedAt, reader)),
  ])
}

function nominationRow(
  { id, person, ticket, why, by, at, decided }: Nomination,
  { closedAt }: Commendations,
  model: AssessmentModel,
  reader: Reader,
): Row {
  const { locale, names } = reader
  const nominated = byWhom(words.nominatedBy[locale], { by, at, reason: null }, model.zone, reader)
  return row([
    textCell(own(names, person) ?? person),
    // With its number, which `commend` and others ask for.
    textCell(words.innovation[locale], { note: filled(words.nomination[locale], { ticket, nomination: id }) }),
    textCell(why, { note: [nominated, ...(decided ? [decidedText(decided, model, reader)] : [])].join('\n') }),
    textCell(decided ? (decided.commended ? words.commended : words.declined)[locale] : openText(closedAt, reader)),
  ])
}

function decidedText(decided: Parameters<typeof byWhom>[1], { zone }: AssessmentModel, reader: Reader): string {
  return byWhom(words.decidedBy[reader.locale], decided, zone, reader)
}

/** Who is not commended in time is not. */
function openText(closedAt: Commendations['closedAt'], { locale }: Reader): string {
  return (closedAt === null ? words.toDecide : words.undecided)[locale]
}
