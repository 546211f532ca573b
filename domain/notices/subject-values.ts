import type { ClearTexts, Contact } from '../customer.ts'
import type { FieldValues } from '../fields.ts'
import type { Labels, Locale } from '../labels.ts'
import type { Profile } from '../profile/schema.ts'
import type { Filling } from '../template.ts'
import { stageLabel, statusLabel, type ProcessStage } from '../stages.ts'
import { withoutStop } from '../text.ts'
import { own } from '../own.ts'

/** What templates speak of, whatever its type. */
export interface NoticeSubject {
  readonly number: string
  readonly title: string
  /** What it is called by the profile that it runs by; absent: by its title. */
  readonly titleIn?: (profile: Profile) => Labels
  readonly customerName: string | null
  readonly customerCompany: string | null
  readonly customerAccount: string | null
  readonly contactMasked: Contact
  /** Of the types of its profile; null: it has none. */
  readonly type: string | null
  /** Of the priorities of its profile; null: it has none. */
  readonly priority: string | null
  /** What stands in its form; absent: it has none. */
  readonly fields?: FieldValues
  /** How the customer came; absent where there is none. */
  readonly channel?: string | undefined
  /** In which its customer is written to; absent: in the profile's, where they have not chosen another for all that they get. */
  readonly language?: Locale
  readonly stage: string
  /** What its clocks are called by the profile that it runs by; absent: as the profile calls them. */
  readonly clocksIn?: (profile: Profile) => readonly ClockWords[]
  /** Its stages, as the profile that it runs by calls them; absent: as its type does. */
  readonly stagesIn?: (profile: Profile) => readonly ProcessStage[]
  readonly assignee: string | null
  readonly representative: string | null
  /** The words of its process type. */
  readonly words: TypeWords
}

/** What a process type calls what is its own. */
export interface TypeWords {
  /** What one is called. */
  readonly labels: Labels
  readonly several: { readonly labels: Labels; readonly counted: Labels }
  readonly stages: readonly ProcessStage[]
  /** Clocks that no profile has a label for; absent: it has none. */
  readonly clocks?: readonly ClockWords[]
}

/** What is told of a clock, by its id. */
export interface ClockWords {
  readonly id: string
  readonly label: Labels
  readonly whenDue?: string | undefined
}

interface Told {
  readonly profile: Profile
  readonly language: Locale
  /** Names of people by id. */
  readonly names: Readonly<Record<string, string>>
  /** Whether it is told to its customer, who reads where it stands in plain words. */
  readonly toCustomer: boolean
}

/** What every template may say of it (`commonPlaceholders`), as it is now. */
export function subjectValues(subject: NoticeSubject, recipient: string, { profile, language, names, toCustomer }: Told): Filling {
  const { customer, organisation } = customerNames(subject)
  return {
    title: withoutStop(subject.titleIn?.(profile)[language] ?? subject.title),
    customer,
    organisation,
    type: labelIn(profile.types, subject.type, language),
    priority: labelIn(profile.priorities, subject.priority, language),
    stage: (toCustomer ? statusLabel : stageLabel)(subject.stagesIn?.(profile) ?? subject.words.stages, subject.stage, language),
    handler: nameOf(subject.assignee, names),
    representative: nameOf(subject.representative, names),
    recipient,
  }
}

/** What a script may say (`scriptPlaceholders`), spoken by `agent`. */
export function scriptValues(ticket: Shown & Pick<NoticeSubject, 'number' | 'title'>, agent: string): Filling {
  const names = customerNames(ticket)
  return { agent, number: ticket.number, problem: withoutStop(ticket.title), ...names, customer: names.customer ?? '' }
}

/** What the customer is called, if there is one: by name, else by company or account, without contact data. The company is told only beside a name. */
export function customerNames(ticket: Shown): { readonly customer: string | undefined; readonly organisation: string | undefined } {
  const { name, company, account } = shownTexts(ticket)
  return { customer: name ?? company ?? account ?? undefined, organisation: name === null ? undefined : (company ?? undefined) }
}

type Shown = Pick<NoticeSubject, 'customerName' | 'customerCompany' | 'customerAccount' | 'contactMasked'>

/** Name, company and account as everybody may see them: masked where they are contact data. */
export function shownTexts({ customerName, customerCompany, customerAccount, contactMasked }: Shown): ClearTexts {
  const { name, company, account } = contactMasked
  return { name: customerName ?? name ?? null, company: customerCompany ?? company ?? null, account: customerAccount ?? account ?? null }
}

function labelIn(
  list: readonly { readonly id: string; readonly label: Labels }[],
  id: string | null,
  language: Locale,
): string | undefined {
  if (id === null) return undefined
  return list.find((item) => item.id === id)?.label[language] ?? id
}

function nameOf(id: string | null, names: Readonly<Record<string, string>>): string | undefined {
  return id === null ? undefined : (own(names, id) ?? id)
}
