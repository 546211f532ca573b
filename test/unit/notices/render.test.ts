import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { expectLinear } from '../../support/growth.ts'
import { describe, expect, it } from 'vitest'
import { locales, type Locale } from '../../../domain/labels.ts'
import { subjectValues, type NoticeSubject } from '../../../domain/notices/subject-values.ts'
import type { ValueKind } from '../../../domain/notices/definition.ts'
import { isNoticeKind, noticeKindNames, noticeKinds, type NoticeKind } from '../../../domain/notices/kinds.ts'
import { renderNotice, tidy, wordingOf, type NoticeParams } from '../../../domain/notices/render.ts'
import { momentText } from '../../../domain/moment-text.ts'
import { fill } from '../../../domain/template.ts'
import { wayToAnswer } from '../../../domain/notices/reach.ts'
import { scriptValues } from '../../../domain/notices/subject-values.ts'
import type { Profile } from '../../../domain/profile/schema.ts'
import { standardTicket, techSupport } from '../../support/tickets.ts'

const now = '2026-03-01T00:00:00.000Z'

const ticket: NoticeSubject = {
  number: 'TS20260302001',
  title: '无法登录。',
  channel: 'phone',
  customerName: '张伟',
  customerCompany: '华信科技',
  customerAccount: null,
  contactMasked: { phone: '138****5678', email: null },
  type: 'software-fault',
  priority: 'urgent',
  words: ticketProcess,
  stage: 'handling',
  assignee: 'wang',
  representative: 'lin',
}
const names = { wang: '王强', lin: '林娜' }
/** One value of each kind, as a process writes it. */
const usual: Readonly<Record<ValueKind, string | number | boolean>> = {
  // People write sentences, with a stop of their own.
  text: '请重启后再试。',
  list: 'errorText\n请提供发票照片。',
  labels: '{"zh-CN":"周报","zh-TW":"週報","en":"Weekly report"}',
  outcome: 'ineffective',
  intervention: 'silence',
  number: 3,
  instant: '2026-03-02T04:00:00.000Z',
  duration: 'PT8H',
  base: 'working',
  clock: 'resolution',
  priority: 'high',
  level: 'department-head',
  person: 'wang',
  cause: 'objective',
  decision: 'true',
  late: 'true',
  consequence: '',
  'advice-ahead': '',
  'advice-after': '',
  escalation: '',
}

function rendered(kind: NoticeKind, language: Locale, params: NoticeParams, told: NoticeSubject = ticket, profile: Profile = techSupport) {
  const wording = wordingOf(profile, { subject: told, language, names, now, values: {} })
  const facts = {
    ...subjectValues(told, '王强', { profile, language, names, toCustomer: false }),
    reach: wayToAnswer(told, profile, { language, byMail: true }),
  }
  return renderNotice(noticeKinds[kind], profile.notices[kind], params, facts, wording)
}

function valuesFor({ clocks, priorities }: Profile): typeof usual {
  return { ...usual, clock: clocks.at(-1)?.id ?? '', priority: priorities[1]?.id ?? '' }
}

function paramsFrom(values: typeof usual, kind: NoticeKind, only: 'all' | 'needed'): NoticeParams {
  const wanted = Object.entries(noticeKinds[kind].params).filter(([, { has }]) => only === 'all' || has !== 'optional')
  return { ...Object.fromEntries(wanted.map(([name, placeholder]) => [name, values[placeholder.kind]])), number: ticket.number }
}

function paramsOf(kind: NoticeKind, only: 'all' | 'needed'): NoticeParams {
  return paramsFrom(usual, kind, only)
}

describe.each([techSupport, standardTicket])('X6: $id', (profile) => {
  const { type, fields } = typeWithFields(profile)
  const told = { ...ticket, type }
  const values = { ...valuesFor(profile), list: `${fields[0]?.id}\n请提供发票照片。` }
  const paramsOf = (kind: NoticeKind, only: 'all' | 'needed') => paramsFrom(values, kind, only)

  describe.each(locales)('in %s', (language) => {
    it.each(noticeKindNames)('%s reads whole, with everything and with only what must be there', (kind) => {
      const bare: NoticeSubject = { ...told, customerName: null, assignee: null, representative: null }
      for (const { subject, text } of [
        rendered(kind, language, paramsOf(kind, 'all'), told, profile),
        rendered(kind, language, paramsOf(kind, 'needed'), bare, profile),
      ]) {
        expect(subject).not.toMatch(/[{}[\]…\n]|undefined|null/)
        expect(text).not.toMatch(/[{}[\]…]|undefined|null|\n\n\n|\s$|^\s/)
        expect(text).not.toMatch(/[：:] *(?:$|\n(?!\n))/)
        // What has to be supplied is said, be it in general.
        expect(text).not.toMatch(/需要您(?:补充|補充)[。，]/)
        for (const said of [subject, text]) {
          // An instant is never told in UTC, nor an id instead of its label.
          expect(said).not.toMatch(/\dZ\b|PT\d|\d{4}-\d\d-\d\d|department-head|objective\b(?! cause)/)
          for (const id of idsOf(profile, language)) expect(said.toLowerCase().split(/[^\w-]+/), id).not.toContain(id)
          // Nothing is said twice in a row, and no mark stands where another language has it.
          expect(said).not.toMatch(/([，。、；：！？“”（）])\1|([,;:!?])\2|(\p{Script=Han}{2,})\3|\b(\w{3,}) \4\b/u)
          // A sentence that somebody wrote stands by itself, and what is in brackets has none of its own.
          expect(said).not.toMatch(/[。！？.!?][，。、；：,;:]|[。！？] *[a-z(]/u)
          expect(said).not.toMatch(/（[^）]*（|\([^)]*\(/)
          expect(said).not.toMatch(/^[ \u3000]|[^\n] {2}/m)
          // Labels are written as headings: none stands within a sentence.
          for (const { label } of language === 'en' ? profile.clocks : []) expect(said).not.toMatch(new RegExp(`[a-z] ${label.en}\\b`))
          if (language === 'en')
            expect(said.replaceAll(/请重启后再试。|无法登录|张伟|华信科技|王强|林娜|请提供发票照片/g, '')).not.toMatch(
              /[\p{Script=Han}，。、：；（）【】]/u,
            )
          else {
            expect(said).not.toMatch(/\p{Script=Han}[,;:!?]|[,;!?]\p{Script=Han}/u)
            // One space between Chinese and digits or letters, what was filled in included; dates are written together.
            const loose = said.replaceAll(/(?:\d+年)?\d+月\d+日/g, '').replaceAll(/VIP客[户戶]/g, '')
            expect(loose, loose).not.toMatch(/\p{Script=Han}[A-Za-z0-9]|[A-Za-z0-9]\p{Script=Han}/u)
            expect(said).not.toMatch(/\p{Script=Han} \p{Script=Han}/u)
          }
        }
      }
    })

    it('customers read what to do and what about before the number, colleagues the number first', () => {
      for (const kind of noticeKindNames) {
        const { subject } = rendered(kind, language, paramsOf(kind, 'all'), told, profile)
        // People call a report or an assessment by its name; its number is for machines.
        if (Object.values(noticeKinds[kind].params).some((param) => param.kind === 'labels')) continue
        const found = [subject.indexOf('无法登录'), subject.indexOf(ticket.number)]
        if (noticeKinds[kind].audience === 'customer')
          expect(found, subject).toEqual(found.toSorted((a, b) => a - b).filter((at) => at > 0))
        else expect(subject.slice(0, ticket.number.length + 1), subject).toContain(ticket.number)
      }
    })

    it('X3: whatever closes a ticket by silence says so and until when, to the customer and to colleagues', () => {
      const closed = { 'zh-CN': '自动结案', 'zh-TW': '自動結案', en: 'closed?' }[language]
      const until = momentText(String(values.instant), profile.zone, language, now)
      for (const clock of profile.clocks.filter(({ whenDue }) => whenDue === 'close')) {
        const rungs = clock.ladder.flatMap(({ notice, to }) => (to.includes('customer') && notice ? [notice] : []))
        const asking: NoticeKind[] = clock.starts.includes('confirmation-asked') ? ['confirmation-requested'] : ['information-requested']
        for (const kind of new Set([...rungs.filter(isNoticeKind), ...asking])) {
          const { text } = rendered(kind, language, paramsOf(kind, 'all'), told, profile)
          expect(text, kind).toMatch(new RegExp(closed))
          expect(text, kind).toContain(until)
        }
        const warned = rendered('deadline-warning', language, { ...paramsOf('deadline-warning', 'all'), clock: clock.id }, told, profile)
        expect(warned.text).toMatch(new RegExp(closed))
      }
      const { text } = rendered(
        'deadline-warning',
        language,
        { ...paramsOf('deadline-warning', 'all'), clock: 'resolution' },
        told,
        profile,
      )
      expect(text).not.toMatch(new RegExp(closed))
    })

    it('a reminder says again what is missing, by the labels of the fields', () => {
      const label = fields[0]?.label[language] ?? ''
      for (const kind of ['information-requested', 'information-reminder'] as const)
        expect(rendered(kind, language, paramsOf(kind, 'all'), told, profile).text).toContain(
          `${label}${language === 'en' ? ', ' : '、'}请提供发票照片`,
        )
    })

    it('what people wrote ends its line: nothing of ours goes on after it', () => {
      for (const kind of noticeKindNames) {
        const { params } = noticeKinds[kind]
        const written = Object.entries(params).flatMap(([name, { kind: of }]) => (of === 'text' && name !== 'number' ? [name] : []))
        for (const name of written)
          expect(profile.notices[kind].text[language], kind).not.toMatch(new RegExp(`\\{${name}\\}(?!\\]?$)`, 'm'))
      }
    })

    it('no customer is asked for something without a way to give it, whatever the profile says of itself', () => {
      const asks = {
        'zh-CN': /告知|联系我们|提供|补充/,
        'zh-TW': /告知我們|聯絡我們|提供|補充/,
        en: /tell us|contact us|let us have|send/,
      }[language]
      const hotline = '400-000-0000'
      for (const [signature, byMail, ways] of [
        [
          { replies: false },
          true,
          { 'zh-CN': /原来使用的渠道（电话）/, 'zh-TW': /原來使用的管道（電話）/, en: /channel you first used \(Phone\)/ },
        ],
        [{ replies: false, hotline }, true, { 'zh-CN': /致电 400-/, 'zh-TW': /撥打 400-/, en: /by calling 400-/ }],
        [{ replies: true }, true, { 'zh-CN': /直接回复本邮件/, 'zh-TW': /直接回覆本郵件/, en: /by replying to this mail/ }],
        [{ replies: true, hotline }, true, { 'zh-CN': /本邮件或致电 400/, 'zh-TW': /本郵件或撥打 400/, en: /mail or by calling 400/ }],
        // Read out on the phone.
        [{ replies: true }, false, { 'zh-CN': /（电话）/, 'zh-TW': /（電話）/, en: /\(Phone\)/ }],
      ] as const) {
        const signed = { ...profile, signature: { name: profile.label, ...signature } }
        const reach = wayToAnswer(told, signed, { language, byMail })
        expect(reach).toMatch(ways[language])
        for (const kind of noticeKindNames.filter((one) => noticeKinds[one].audience === 'customer')) {
          for (const only of ['all', 'needed'] as const) {
            const { text } = rendered(kind, language, { ...paramsOf(kind, only), text: '', message: '' }, told, signed)
            // What we will do ourselves asks for nothing.
            const ours = text.replaceAll(/[后後]续进展会继续告知您|及时告知您|立即告知您/g, '')
            if (asks.test(ours) && kind !== 'progress') expect(text, kind).toMatch(byMail ? ways[language] : asks)
          }
        }
      }
    })

    it('T14: nothing is said of a date that a customer was never told', () => {
      const { subject, text } = rendered('deferred', language, paramsOf('deferred', 'all'), told, profile)
      expect(`${subject} ${text}`).not.toMatch(/原定|按时|按時|变动|變動|first date|New date|told you/)
    })

    it('X4: who works on it is not told that it was escalated to them, and advice is given where it helps', () => {
      const about = (kind: 'deadline-warning' | 'deadline-missed', clock: string, level: string) =>
        rendered(kind, language, { ...paramsOf(kind, 'all'), clock, level }, told, profile).text
      const escalated = { 'zh-CN': '已升级至主管', 'zh-TW': '已升級至主管', en: 'escalated to the supervisor' }[language]
      const moves = { 'zh-CN': '申请延期', 'zh-TW': '提出延期', en: 'defer it' }[language]
      const explain = { 'zh-CN': '向客户说明', 'zh-TW': '向客戶說明', en: 'tell the customer' }[language]
      expect(about('deadline-missed', 'resolution', 'supervisor')).toContain(escalated)
      for (const level of ['handler', 'representative', 'team'])
        expect(about('deadline-missed', 'resolution', level)).not.toMatch(/升级|升級|级别|層級|[Ee]scalated/)
      for (const { id, stops } of profile.clocks) {
        const solving = stops.includes('resolved')
        expect(about('deadline-missed', id, 'handler').includes(explain), id).toBe(solving)
        expect(about('deadline-warning', id, 'handler').includes(moves), id).toBe(solving && profile.id === 'tech-support')
      }
    })
  })
})

function typeWithFields({ types }: Profile) {
  const [found] = types
  return { type: found?.id ?? '', fields: found?.fields ?? [] }
}

/** Ids whose labels are other words, so that one of them in a text is a label that is missing. */
function idsOf({ types, clocks, priorities }: Profile, language: Locale): string[] {
  const all = [...types.flatMap(({ fields }) => fields), ...clocks, ...priorities]
  return language === 'en' ? all.map(({ id }) => id).filter((id) => id.includes('-') || /[A-Z]/.test(id)) : all.map(({ id }) => id)
}

describe('values', () => {
  it('T3: instants in the zone of the profile, durations in words that say when working time is meant', () => {
    const { text } = rendered('ticket-submitted', 'zh-CN', paramsOf('ticket-submitted', 'all'))
    expect(text).toContain('将在 8 小时（工作时间）内开始处理，最迟不晚于 3月2日（周一）12:00 北京时间。')
    const elapsed = rendered('ticket-submitted', 'zh-TW', {
      ...paramsOf('ticket-submitted', 'needed'),
      within: 'PT2H',
      timeBase: 'elapsed',
    })
    expect(elapsed.text).toMatch(/將在 2 小時內開始處理。/)
  })

  it('clocks, priorities, levels and people by their labels and names', () => {
    expect(rendered('deadline-missed', 'zh-CN', paramsOf('deadline-missed', 'all')).text).toMatch(
      /“解决闭环”应于 3月2日（周一）12:00 北京时间前完成，现已超时。已升级至部门负责人。/,
    )
    expect(
      rendered('priority-change-requested', 'en', { ...paramsOf('priority-change-requested', 'all'), current: 'medium' }).text,
    ).toMatch(/^王强 asks to change the priority of ticket .* from Medium to High\./)
    expect(rendered('deadline-warning', 'en', { ...paramsOf('deadline-warning', 'all'), clock: 'brand-new' }).text).toContain(
      'brand-new of ticket',
    )
  })

  it.each([true, 1, 'true', 'yes'])('T14: %j says that a deferral came late', (late) => {
    expect(rendered('deferral-reported', 'zh-CN', { ...paramsOf('deferral-reported', 'needed'), late }).text).toContain(
      '已延期（未按规定提前上报）',
    )
  })

  it.each([false, 0, 'false', ''])('T14: %j says nothing', (late) => {
    expect(rendered('deferral-reported', 'zh-CN', { ...paramsOf('deferral-reported', 'needed'), late }).text).toMatch(/已延期。/)
  })

  it('never take what somebody wrote for a template, and keep a subject on one line of bearable length', () => {
    const { subject, text } = rendered(
      'progress',
      'zh-CN',
      { number: 'TS1', text: '{title} [客户] {x}' },
      { ...ticket, title: `长\n${'很'.repeat(400)}` },
    )
    expect(text).toContain('{title} [客户] {x}')
    expect([...subject].length).toBeLessThanOrEqual(160)
    expect(subject).toMatch(/很…【TS1】$/)
    expect(subject).not.toContain('\n')
  })
})

describe('scripts', () => {
  it.each(locales)('S13: are said by an agent about a ticket, in %s', (language) => {
    for (const script of techSupport.scripts) {
      const text = fill(script.text[language], scriptValues(ticket, '林娜'))
      for (const part of ['林娜', 'TS20260302001', '无法登录', '张伟']) expect(text).toContain(part)
      expect(fill(script.text[language], scriptValues({ ...ticket, customerCompany: null }, '林娜'))).not.toMatch(/[{}[\]…]/)
    }
  })
})

describe('a text that is tidied', () => {
  it('has no blanks at the end of a line, and one empty line where several were', () => {
    expect(tidy('a \t\r\n\r\n \n\u3000\n  b\u00a0\n\n')).toBe('a\n\n  b')
  })

  it.each([
    ['blanks', (size: number) => `a${' '.repeat(size)}b`],
    ['blanks on many lines', (size: number) => `  a${' '.repeat(9)}b\n`.repeat(size / 10)],
    ['line ends', (size: number) => '\n'.repeat(size)],
    ['carriage returns', (size: number) => '\r'.repeat(size)],
  ])('takes time as it grows: %s', (what, make) => expectLinear(what, 20_000, make, tidy))
})
