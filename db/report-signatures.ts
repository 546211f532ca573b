import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import { own } from '../domain/own.ts'
import type { Signature, Signed } from '../domain/reports/model.ts'
import { namesOf } from './people.ts'
import type { Database } from './schema.ts'

/** What people wrote in a report, and who signed it, as its events tell it. */
export async function signedOf(db: Kysely<Database>, number: string): Promise<Signed> {
  const { rows } = await sql<Row>`
    select type, actor, at, data from events
    where process = ${number} and type in ('written', 'reviewed', 'approved', 'sent-back', 'released') order by seq`.execute(db)
  const names = await namesOf(
    db,
    rows.map(({ actor }) => actor),
    'zh-CN',
  )
  const signature = ({ actor, at }: Row): Signature => ({ name: own(names, actor) ?? actor, at })
  let signed: Signed = { texts: {}, preparer: null, reviewer: null, approver: null, standing: 'draft' }
  for (const row of rows) signed = after(signed, row, signature(row))
  return signed
}

interface Row {
  readonly type: string
  readonly actor: string
  readonly at: string
  readonly data: unknown
}

function after(signed: Signed, { type, data }: Row, signature: Signature): Signed {
  switch (type) {
    case 'written':
      return { ...signed, texts: writtenSchema.parse(data).texts, preparer: signature, standing: 'written' }
    case 'reviewed':
      return { ...signed, reviewer: signature, standing: 'reviewed' }
    case 'approved':
      return { ...signed, approver: signature }
    case 'sent-back':
      return { ...signed, preparer: null, reviewer: null, approver: null, standing: 'draft' }
    case 'released':
      return { ...signed, standing: releasedSchema.parse(data).unreviewed ? 'unreviewed' : 'released' }
    default:
      return signed
  }
}

const writtenSchema = z.looseObject({ texts: z.record(z.string(), z.string()) })
const releasedSchema = z.looseObject({ unreviewed: z.boolean() })
