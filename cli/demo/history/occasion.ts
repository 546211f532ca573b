import { own } from '../../../domain/own.ts'
import { DateTime } from 'luxon'
import { instantOf } from '../../../domain/instant.ts'
import type { Book, Case, Finding } from './cases/case.ts'
import { standardBook } from './cases/standard-ticket.ts'
import { techBook } from './cases/tech-support.ts'
import { signedIn, whoCalls, type HistoryCustomer } from './customers.ts'
import type { Chance } from './random.ts'
import type { Arrival } from './season.ts'

/** Why somebody turns to the desk: what is wrong, how urgent it is, who they are and by which way they come. */
export interface Occasion {
  readonly profile: string
  readonly of: Case
  readonly type: string
  readonly priority: string
  readonly channel: string
  /** The customer is on the line. */
  readonly live: boolean
  /** Who registers it. */
  readonly registrar: string
  readonly customer: HistoryCustomer
  readonly title: string
  readonly description: string
  readonly fields: Readonly<Record<string, string | boolean>>
  readonly keywords: readonly string[]
  /** What it turns out to be: perhaps of another module or type than it seemed. */
  readonly found: { readonly module: string; readonly type: string }
  readonly cause: string
  readonly finding: Finding
  readonly outage: boolean
}

export const books: Readonly<Record<string, Book>> = { 'tech-support': techBook, 'standard-ticket': standardBook }

export function occasionOf({ at, profile, outage }: Arrival, chance: Chance, zone: string): Occasion {
  const book = own(books, profile)
  if (!book) throw new Error(`the history has no cases of the profile ${profile}`)
  const of = outage ? book.outage : caseOf(book, chance)
  const words = wordsAt(DateTime.fromMillis(at, { zone }), chance)
  const { channel, live, registrar, customer } = wayIn(profile, outage, chance)
  const cause = causeOf(of, book, outage, chance)
  const found = own(book.findings, cause)
  if (!found) throw new Error(`the history has no finding for the cause ${cause} of ${profile}`)
  const finding = chance.pick(found)
  const which = Math.floor(chance.next() * of.titles.length)
  const title = filled(of.titles[which] ?? of.titles[0], words)
  const description = filled(of.said[which] ?? chance.pick(['{who}反映：{title}，希望尽快答复。', '客户来电说明：{title}。']), {
    ...words,
    title,
  })
  return {
    profile,
    of,
    type: of.type,
    priority: chance.weighed(outage ? { urgent: 55, high: 45 } : of.grave ? grave : (own(priorities, of.type) ?? { medium: 1 })),
    channel,
    live,
    registrar,
    customer,
    title,
    description,
    fields: fieldsOf(profile, of, { description, product: words['product'] ?? '' }, { at, byCustomer: customer === signedIn }, chance),
    keywords: of.keywords,
    found: foundOf(of, book, outage, chance),
    cause,
    finding: { ...finding, ...eachFilled(finding, { about: of.about }) },
    outage,
  }
}

function caseOf({ cases }: Pick<Book, 'cases'>, chance: Chance): Case {
  return cases[Number(chance.weighed(Object.fromEntries(cases.map(({ weight }, at) => [String(at), weight]))))] ?? cases[0]
}

function foundOf({ type, module }: Case, { cases }: Book, outage: boolean, chance: Chance): Occasion['found'] {
  const other = caseOf({ cases }, chance)
  const [isOfOtherModule, isOfOtherType] = [chance.percent(22), chance.percent(8)]
  return outage ? { type, module } : { type: isOfOtherType ? other.type : type, module: isOfOtherModule ? other.module : module }
}

/** Mostly what such a thing usually comes of; now and then it is something else. */
function causeOf({ type, causes }: Case, { also }: Book, outage: boolean, chance: Chance): string {
  if (!outage && chance.percent(50)) return chance.pick(own(also, type) ?? causes)
  return causes[Math.floor(causes.length * chance.next() ** 1.8)] ?? causes[0]
}

const grave = { urgent: 9, high: 34, medium: 57 }
/** How urgent other tickets of a type are, of hundred. */
const priorities: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'software-fault': { urgent: 4, high: 15, medium: 56, low: 25 },
  'hardware-fault': { urgent: 3, high: 17, medium: 55, low: 25 },
  'usage-question': { medium: 30, low: 70 },
  compatibility: { high: 10, medium: 55, low: 35 },
  other: { medium: 30, low: 70 },
  consultation: { high: 3, medium: 52, low: 45 },
  complaint: { urgent: 3, high: 22, medium: 75 },
  fault: { urgent: 4, high: 18, medium: 56, low: 22 },
  suggestion: { medium: 15, low: 85 },
}

function wayIn(profile: string, outage: boolean, chance: Chance): Pick<Occasion, 'channel' | 'live' | 'registrar' | 'customer'> {
  const customer = whoCalls(chance)
  const form = profile === 'tech-support' ? 'ticket-system' : 'portal'
  const channel = chance.weighed(outage ? { phone: 70, chat: 30 } : { phone: 44, chat: 24, email: 18, [form]: 14 })
  switch (channel) {
    case 'phone':
      return { channel, customer, live: true, registrar: chance.pick(['agent-li', 'agent-zhou', 'agent-li']) }
    case 'chat':
      return { channel, customer, live: true, registrar: chance.pick(['agent-zhao', 'agent-zhao', 'agent-zhou']) }
    case 'email':
      return { channel, customer, live: false, registrar: chance.pick(['agent-li', 'agent-zhao', 'agent-zhou']) }
    default:
      return chance.percent(12)
        ? { channel: form, customer: signedIn, live: false, registrar: signedIn.account }
        : { channel: form, customer, live: false, registrar: 'service-portal' }
  }
}

function fieldsOf(
  profile: string,
  { type, about }: Case,
  { description, product: named }: { readonly description: string; readonly product: string },
  { at, byCustomer }: { readonly at: number; readonly byCustomer: boolean },
  chance: Chance,
): Occasion['fields'] {
  const occurredAt = instantOf(Math.floor(at - chance.around(45, 1) * 60_000))
  if (profile === 'tech-support') {
    return {
      occurredAt,
      ...(chance.percent(55) && { environment: chance.pick(environments) }),
      ...(chance.percent(40) && { stepsToReproduce: `1. 登录系统；2. 打开${about}相关页面；3. 按平时的步骤操作，即出现上述现象。` }),
      ...(chance.percent(60) && { descriptionConfirmed: true }),
      ...(!byCustomer &&
        chance.percent(12) && { remarks: chance.pick(['客户较着急，请优先回电', '对接人下午开会，上午联系', '曾投诉过，注意沟通方式']) }),
    }
  }
  const product = (description.includes(named) || chance.percent(25)) && { product: named }
  const orderNo = chance.percent(35) && {
    orderNo: `SO${DateTime.fromMillis(at).toFormat('yyMMdd')}${String(Math.floor(chance.between(1_000, 9_999)))}`,
  }
  switch (type) {
    case 'consultation':
      return { topic: about, ...orderNo, ...product }
    case 'complaint':
      return { subject: chance.pick(subjects), demand: chance.pick(demands), occurredAt, ...orderNo, ...product }
    case 'fault':
      return { faultPhenomenon: description, occurredAt, ...product }
    default:
      return { expectation: description, scenario: chance.pick(['日常办公', '月底结算', '门店营业高峰']) }
  }
}

function wordsAt(at: DateTime, chance: Chance): Readonly<Record<string, string>> {
  const began = at.minus({ minutes: Math.floor(chance.around(40, 0.8)) })
  const half = began.hour < 12 ? '上午' : began.hour < 18 ? '下午' : '晚上'
  const hour = began.hour > 12 ? began.hour - 12 : began.hour
  return {
    who: chance.pick(['财务同事', '仓库主管', '前台', '销售经理', '新来的会计', '店长', '行政', '采购']),
    n: String(Math.floor(chance.between(2, 10))),
    count: String(Math.floor(chance.around(40, 0.9)) + 2),
    clock: `${half}${hour}点${began.minute >= 30 ? '半' : ''}`,
    site: chance.pick(['总部', '华东仓', '城西店', '滨江店', '二分厂', '北区门店', '研发楼', '华南分公司', '三号库']),
    product: chance.pick(products),
    version: chance.pick(['8.2.1', '8.3.0', '8.1.7', '9.0.0']),
    phone: chance.pick(['华为 Mate 60', '小米 14', 'iPhone 15', '荣耀 90']),
  }
}

const products = ['净水器', '智能门锁', '路由器', '扫地机', '空气净化器', '咖啡机'] as const
const subjects = ['product', 'staff', 'timeliness', 'delivery', 'charges', 'rules'] as const
const demands = ['要求当天给出明确答复', '要求退款并道歉', '要求换新', '要求补偿运费', '希望有专人负责到底'] as const
const environments = ['Windows 11，Edge 129', 'Windows 10，Chrome 128', '统信 UOS 20', '安卓客户端 8.2.1', '内网，经代理访问'] as const

function filled(text: string, words: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, word: string) => own(words, word) ?? whole)
}

function eachFilled({ direct, underlying, solution }: Finding, words: Readonly<Record<string, string>>) {
  return { direct: filled(direct, words), underlying: filled(underlying, words), solution: filled(solution, words) }
}
