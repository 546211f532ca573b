import { z } from 'zod'
import { own } from '../own.ts'
import { afterCommending, commendingEvents } from './commendations.ts'
import { noDecisions, type Decisions, type Excuse, type SubjectKey } from './model.ts'
import type { ToldEvent } from './told.ts'

/** What people decided about an assessment, as its events tell it, oldest first. */
export function decisionsIn(events: readonly ToldEvent[]): Decisions {
  return events.reduce(
    (decisions, event) => ({ ...after(decisions, event), commendations: afterCommending(decisions.commendations, event) }),
    noDecisions,
  )
}

/** Types of the events that {@link decisionsIn} reads. */
export const decidingEvents = [
  'delay-excused',
  'act-confirmed',
  'decision-taken-back',
  'score-confirmed',
  'objected',
  'objection-decided',
  'objections-prolonged',
  'objections-over',
  ...commendingEvents,
] as const

function after(decisions: Decisions, { type, actor: by, at, data }: ToldEvent): Decisions {
  const { confirmed, confirmedActs, excused, objections, settled, prolonged } = decisions
  switch (type) {
    case 'delay-excused': {
      const { subject, item, reason } = excusedSchema.parse(data)
      return { ...decisions, excused: excusing(decisions, subject, [item], { by, at, reason }) }
    }
    case 'act-confirmed': {
      const { subject, item, remark } = actSchema.parse(data)
      const acts = { ...own(confirmedActs, subject), [item]: { by, at, remark } }
      return { ...decisions, confirmedActs: { ...confirmedActs, [subject]: acts } }
    }
    case 'decision-taken-back': {
      const { subject, item } = excusedSchema.parse(data)
      return { ...decisions, excused: without(excused, subject, item), confirmedActs: without(confirmedActs, subject, item) }
    }
    case 'score-confirmed':
      return { ...decisions, confirmed: { ...confirmed, [subjectSchema.parse(data).subject]: { by, at } } }
    case 'objected': {
      const { subject, reason } = reasonedSchema.parse(data)
      return { ...decisions, objections: { ...objections, [subject]: { by, at, reason, decided: null } } }
    }
    case 'objection-decided': {
      const { subject, reason, upheld, excused: items } = decidedSchema.parse(data)
      const objection = own(objections, subject)
      if (!objection) return decisions
      return {
        ...decisions,
        excused: excusing(decisions, subject, items, { by, at, reason }),
        objections: { ...objections, [subject]: { ...objection, decided: { by, at, reason, upheld } } },
        settled: { ...settled, [subject]: at },
      }
    }
    case 'objections-prolonged': {
      const { subject, from, until } = prolongedSchema.parse(data)
      // Where it happens twice, what was said first stays so.
      return { ...decisions, prolonged: { ...prolonged, [subject]: { at, from: own(prolonged, subject)?.from ?? from, until } } }
    }
    case 'objections-over':
      return { ...decisions, settled: { ...settled, ...Object.fromEntries(overSchema.parse(data).subjects.map((key) => [key, at])) } }
    default:
      return decisions
  }
}

function without<T>(
  by: Readonly<Partial<Record<SubjectKey, Readonly<Record<string, T>>>>>,
  subject: SubjectKey,
  item: string,
): Readonly<Partial<Record<SubjectKey, Readonly<Record<string, T>>>>> {
  const theirs = own(by, subject)
  return theirs ? { ...by, [subject]: Object.fromEntries(Object.entries(theirs).filter(([id]) => id !== item)) } : by
}

function excusing({ excused }: Decisions, subject: SubjectKey, items: readonly string[], excuse: Excuse): Decisions['excused'] {
  if (items.length === 0) return excused
  return { ...excused, [subject]: { ...own(excused, subject), ...Object.fromEntries(items.map((item) => [item, excuse])) } }
}

const keySchema = z.templateLiteral([z.enum(['person', 'team']), ':', z.string()])
const subjectSchema = z.looseObject({ subject: keySchema })
const actSchema = subjectSchema.extend({ item: z.string(), remark: z.string().nullable() })
const reasonedSchema = subjectSchema.extend({ reason: z.string() })
const excusedSchema = reasonedSchema.extend({ item: z.string() })
const decidedSchema = reasonedSchema.extend({ upheld: z.boolean(), excused: z.array(z.string()) })
const prolongedSchema = subjectSchema.extend({ from: z.string(), until: z.string() })
const overSchema = z.looseObject({ subjects: z.array(keySchema) })
