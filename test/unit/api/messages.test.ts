import { ticketStages } from '../../../domain/ticket-stages.ts'
import { describe, expect, it } from 'vitest'
import { wordsFor, type Worded } from '../../../api/problems/words.ts'
import { assessment } from '../../../processes/assessment/host.ts'
import { processes } from '../../../processes/index.ts'
import { report } from '../../../processes/report/host.ts'
import { review } from '../../../processes/review/host.ts'
import { apiFieldErrors, apiProblems, formats, kinds, type ProblemCode } from '../../../api/messages/catalogue.ts'
import { catalogues } from '../../../api/messages/catalogues.ts'
import { fieldText, instantText, problemText, summaryText, type InputError, type Speech } from '../../../api/messages/render.ts'
import { fill, parametersOf } from '../../../domain/template.ts'
import { locales, said, type Labels, type Locale } from '../../../domain/labels.ts'
import { techSupport } from '../../support/tickets.ts'
import { isForPeople } from '../../../workflows/process.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { roleLabels } from '../../../domain/people.ts'
import { fieldErrorCodes, rejectionCodes, type RejectionParams } from '../../../domain/rejection.ts'

/** What each problem is told with; a code that is missing here fails the tests below. */
const params: Record<ProblemCode, RejectionParams> = {
  'wrong-role': { command: 'claim', roles: ['agent', 'engineer'] },
  'not-yours': { command: 'accept', holder: 'wang' },
  'no-own-acts': { command: 'record-act' },
  'act-not-here': { act: 'arrived', stage: 'triage', stages: ['handling'] },
  'act-not-yours': { act: 'arrived', roles: ['handler', 'supervisor'], holder: 'wang' },
  'wrong-stage': { command: 'claim', stage: 'triage', stages: ['assignment'], holder: 'wang' },
  'already-held': { holder: 'wang' },
  'done-already': { command: 'accept' },
  ended: { command: 'claim', stage: 'archived' },
  'stale-version': { expected: 3, actual: 4 },
  'invalid-input': { summary: '…' },
  'unknown-ticket': { number: 'TS1' },
  'no-review-meeting': { priority: 'low' },
  'plan-needed': { command: 'complete' },
  'not-waiting': {},
  'already-waiting': { for: 'customer', since: '2026-03-02T01:00:00.000Z' },
  'callback-finished': {},
  'nothing-held': { command: 'hand-over', person: 'wang' },
  'article-finished': {},
  'same-priority': { priority: 'high' },
  'change-pending': { priority: 'urgent', person: 'wang' },
  'no-change-pending': {},
  'own-request': { command: 'decide-priority-change' },
  'signed-meanwhile': { command: 'send-back', person: 'wang', roles: ['management'] },
  'not-your-action': { command: 'report-action', holder: 'wang' },
  'judged-already': { number: 'TS20260302001', needed: 'rejudge' },
  'action-ended': { action: 2 },
  'own-signature': { command: 'approve' },
  'not-reckoned': { number: 'report:tech-support:weekly:2026-W48' },
  'made-already': { number: 'report:tech-support:weekly:2026-W48' },
  'open-already': { number: 'FP20261130001', url: '/api/reviews/FP20261130001' },
  'actions-full': { limit: 24 },
  'own-score': {},
  'not-their-superior': {},
  'not-their-score': {},
  'scores-closed': {},
  'not-confirmed': {},
  'objection-late': { until: '2026-11-10T10:00:00.000Z' },
  'no-objection': {},
  'objection-decided': {},
  'objected-already': { until: '2026-11-10T10:00:00.000Z' },
  'own-decision': {},
  'own-nomination': {},
  'own-record': {},
  'item-decided': { command: 'excuse', item: 'TS20261001001/first-response/1' },
  'nominations-full': { limit: 100 },
  'nothing-to-commend': {},
  'nomination-decided': { nomination: 1, command: 'commend' },
  'commended-already': { person: 'wang' },
  'milestones-full': { limit: 24 },
  'departments-full': { limit: 12 },
  'no-milestone': {},
  'own-work': { number: 'TS1' },
  'delay-unexplained': { command: 'complete' },
  'nobody-has-it': {},
  'helpers-full': { limit: 20 },
  'no-helper': {},
  'query-open': { since: '2026-03-02T01:00:00.000Z' },
  'no-query': {},
  'intervention-open': { person: 'chen', since: '2026-03-02T01:00:00.000Z' },
  'no-intervention': {},
  'effect-unchecked': {},
  'urged-already': { since: '2026-03-02T01:00:00.000Z', again: '2026-03-02T02:00:00.000Z' },
  'nothing-to-defer': {},
  'no-task': {},
  'calendar-old': { version: 2 },
  'malformed-request': { reason: 'it is not HTTP' },
  'malformed-target': {},
  'only-for-yourself': { roles: ['supervisor'] },
  'not-utf-8': { line: 3, seems: 'GB18030' },
  'malformed-body': { format: 'JSON', line: 1, column: 2 },
  'malformed-header': { header: 'If-Match', expected: 'if-match' },
  'incomplete-body': {},
  'unsupported-encoding': { encoding: 'gzip' },
  'not-signed-in': {},
  'unknown-host': {},
  'contact-lookup': { roles: ['agent', 'supervisor'] },
  'assessments-fall-due': { numbers: ['assessment:tech-support:monthly:2026-11'] },
  'confirmed-already': { until: '2026-03-02T01:00:00.000Z' },
  'own-proposal': {},
  'nominated-already': { person: 'engineer-wang', number: 'TS20231001001' },
  'nominations-used': { limit: 5 },
  'unknown-route': { path: '/x' },
  'unknown-command': { given: 'clame', nearest: 'claim' },
  'profile-not-in-force': {
    profile: 'x',
    from: '2027-01-01 (Asia/Shanghai)',
    since: '2026-11-05T00:00:00.000Z',
    profiles: ['tech-support'],
  },
  'unknown-profile': { profile: 'x', version: 3, profiles: ['tech-support'] },
  'unknown-calendar': { calendar: 'x', version: 3, calendars: ['cn-office'] },
  'unknown-person': { id: 'x' },
  'unknown-team': { id: 'x' },
  'unknown-schedule': { given: 'tech-support' },
  'unknown-figure': { given: 'backlock', figures: ['backlog'], nearest: 'backlog' },
  'unknown-request': { key: 'k' },
  'unknown-token': { id: '3f9a02c41b7e' },
  'unknown-notice': { id: 7 },
  'unknown-absence': { id: 7 },
  'unknown-customer': { customer: 'C0123456789ABCDEF' },
  'absence-ended': { until: '2026-03-02T01:00:00.000Z' },
  'unknown-template': { id: 'x', templates: ['first-call'] },
  'notice-not-dead': { status: 'sent' },
  'too-many-tokens': { limit: 20 },
  'method-not-allowed': { method: 'PUT', path: '/x', methods: ['GET'] },
  'version-taken': { id: 'tech-support', version: 1, extended: 'base@1', extends: 'base@2' },
  'version-old': { id: 'tech-support', version: 1, installed: 2 },
  'body-too-large': { limit: '1 MiB' },
  'too-many-members': { limit: 4000 },
  'unsupported-media-type': { types: ['application/json'] },
  'key-reused': { key: 'k' },
  'too-many-lookups': { seconds: 5 },
  'too-many-requests': { seconds: 5 },
  'daily-limit': { limit: 20, again: '2026-03-03T01:00:00.000Z', seconds: 3600 },
  internal: { requestId: 'r' },
  'database-away': { seconds: 5 },
  'temporal-away': { seconds: 5 },
  'pdf-unavailable': {},
  'in-progress': { seconds: 5 },
  'outcome-unknown': {},
}

/** What the sentence about a field is filled with, where it needs anything. */
const fieldParams: Readonly<Record<string, RejectionParams>> = {
  'not-a-choice': { choices: ['urgent', 'high'] },
  'unknown-field': { known: ['title', 'description'] },
  'wrong-kind': { expected: 'number' },
  'wrong-format': { expected: 'datetime' },
  'too-small': { limit: 1 },
  'too-big': { limit: 9 },
  'other-namespace': { namespace: 'default' },
  'too-long': { limit: 80 },
  'too-few': { limit: 1 },
  'too-many': { limit: 9 },
  'too-short': { limit: 2 },
  'too-deep': { limit: 32 },
  'empty-word': { word: '问题' },
  'act-is-command': { command: 'claim', given: 'claim' },
  'one-of-two': { other: 'unnecessary' },
  'not-later': { given: '2026-03-02T01:00:00.000Z', earliest: '2026-03-02T02:00:00.000Z' },
  'no-such-period': { given: '2026-13', form: '2026-11' },
  'no-working-day': { given: '2026-10-01' },
  'before-records': { given: '1969-12', since: '2026-03-02T01:00:00.000Z' },
  'excused-already': { given: 'TS20261001001/first-response/1' },
  'act-confirmed-already': { given: 'TS20261001001/first-response/1' },
  'nothing-decided': { choices: ['TS20261001001/first-response/1'] },
  'not-a-delay': { given: 'TS20261001001/first-response/1' },
  'not-in-doubt': { given: 'TS20261001001/first-response/1' },
  machine: { person: 'portal' },
  'no-such-item': { given: 'TS20261001001/first-response/1' },
  'period-not-over': { given: '2026-11', at: '2026-12-01T01:00:00.000Z', through: '2026-12-31' },
  'not-over-yet': { given: '2026-12-01T01:00:00.000Z' },
  'span-too-long': { limit: 366 },
  'never-in-hand': { person: 'wang' },
  'no-such-entry': { given: 99, choices: ['1', '2'] },
  'of-other-profile': { number: 'ST1', given: 'standard-ticket', expected: 'tech-support' },
  'other-roles': { roles: ['management'] },
  'nothing-to-draw': { samples: ['CJ1', 'CJ2'] },
  'too-many-drawn': { drawn: 240, limit: 200 },
  'in-the-future': { given: '2026-03-02T01:00:00.000Z', now: '2026-03-02T00:00:00.000Z' },
  'too-early': { given: '2026-03-02T01:00:00.000Z', earliest: '2026-03-02T02:00:00.000Z' },
  'not-after-now': { given: '2026-03-02T01:00:00.000Z', now: '2026-03-02T02:00:00.000Z' },
  'too-far': { given: '2999-03-02T01:00:00.000Z' },
  'unknown-person': { given: 'nobody' },
  'not-staff': { person: 'zhou' },
  'parent-ended': { number: 'TS20260302001' },
  'cannot-handle': { person: 'wang', roles: ['agent', 'engineer'] },
  'absent-without-deputy': { person: 'wang' },
  'deputies-absent': { person: 'wang', deputies: ['chen', 'liu'] },
  'unknown-team': { given: 'choir' },
  'same-person': { person: 'wang' },
  'own-deputy': { person: 'wang' },
  'same-team': {},
  'not-of-team': { person: 'wang', team: 'tech-support' },
  'named-twice': {},
  'required-by-now': {},
  'required-for-outcome': { outcome: 'partly' },
  'true-for-outcome': { outcome: 'passed: true' },
  'only-with': { value: 'for: customer' },
  'id-differs': { expected: 'tech-support' },
  'profile-upcoming': { from: '2027-01-01 (Asia/Shanghai)', choices: ['tech-support'] },
  'profile-retired': { choices: ['tech-support'] },
  'profile-of-parent': { expected: 'tech-support' },
  'parent-ended-optional': { number: 'TS20260302001' },
  other: { message: '…' },
}

const speech = (locale: Locale): Speech => ({
  locale,
  zone: 'Asia/Shanghai',
  process: ticketProcess.labels[locale],
  anyProcess: ticketProcess.labels[locale],
  terms,
  names: { wang: '王强', 'tech-support': '技术支持组' },
  stages: Object.fromEntries(ticketStages.map(({ id, labels }) => [id, labels])),
  commands: Object.fromEntries(ticketProcess.commands.map(({ name, labels }) => [name, labels])),
})

const terms = { for: labelsOf(techSupport.waitingFor), priority: labelsOf(techSupport.priorities) }

function labelsOf(list: readonly { readonly id: string; readonly label: Labels }[]): Record<string, Labels> {
  return Object.fromEntries(list.map(({ id, label }) => [id, label]))
}

const isProblem = (code: string): code is ProblemCode => code in params
const problemCodes = Object.keys(params).filter(isProblem)

describe('the list of problems above', () => {
  it('is whole', () => {
    expect(problemCodes.toSorted()).toEqual([...rejectionCodes, ...Object.keys(apiProblems)].toSorted())
  })
})

describe.each(locales)('X6: in %s', (locale) => {
  it.each(problemCodes)('%s says what was wrong and what to do, with everything filled in', (code) => {
    const { title, detail } = problemText(code, params[code], speech(locale))
    expect(title).not.toBe('')
    expect(detail).toMatch(/[.。…）)]$/)
    expect(`${title}${detail}`).not.toMatch(/[{}[\]]|undefined/)
    const template = catalogues[locale].problems[code]
    expect(['process', 'anyProcess', ...Object.keys(params[code])]).toEqual(
      expect.arrayContaining(parametersOf(`${template.title} ${template.detail}`).required),
    )
  })

  it.each([...fieldErrorCodes, ...apiFieldErrors])('field error %s reads whole', (code) => {
    const error: InputError = { path: 'x', code, params: fieldParams[code] ?? {} }
    const text = fieldText(error, speech(locale))
    expect(text).not.toBe('')
    expect(text).not.toMatch(/[{}[\]]|undefined/)
    expect(['process', 'anyProcess', ...Object.keys(fieldParams[code] ?? {})]).toEqual(
      expect.arrayContaining(parametersOf(catalogues[locale].fields[code]).required),
    )
  })

  it('demands the same parameters as the other languages', () => {
    for (const code of fieldErrorCodes) {
      expect(parametersOf(catalogues[locale].fields[code]).required.toSorted(), code).toEqual(
        parametersOf(catalogues.en.fields[code]).required.toSorted(),
      )
    }
  })

  it.each([...formats, ...kinds])('says what %s demands', (expected) => {
    const text = fieldText({ path: 'x', code: 'wrong-kind', params: { expected } }, speech(locale))
    expect(text.length).toBeGreaterThan(4)
    expect(text).not.toMatch(/undefined|\.\.\./)
  })
})

describe('what a process is called', () => {
  // Told on a route that only tickets have.
  const ofTicketsOnly: readonly string[] = ['contact-lookup']
  const everything = locales.flatMap((locale) => {
    const { problems, fields } = catalogues[locale]
    const sentences = Object.entries(problems).map(([code, { title, detail }]) => [code, `${title} ${detail}`] as const)
    return [...sentences, ...Object.entries(fields)].map(([code, sentence]) => [locale, code, sentence] as const)
  })

  it('stands in a sentence by its type only: a problem or a fault of a field may be of any', () => {
    const says = everything.filter(([locale, code, sentence]) => {
      const word = { 'zh-CN': /工单/, 'zh-TW': /工單/, en: /\bticket/i }[locale]
      return word.test(sentence) && !ofTicketsOnly.includes(code)
    })
    expect(says).toEqual([])
  })

  it('fits there, whatever the noun: no article of English but "the", no measure word of Chinese but 个', () => {
    const unfit = everything.filter(([, , sentence]) =>
      /\ban? \{(?:process|anyProcess)\}|\{(?:process|anyProcess)\}s\b|[张張件条條份项項名位次]\{(?:process|anyProcess)\}/.test(sentence),
    )
    expect(unfit).toEqual([])
  })

  it.each([
    ['zh-CN', 'ended', '设备借用已结束', /^设备借用处于“结案”，.*请新建设备借用/],
    ['zh-TW', 'not-yours', '設備借用不在您手上', /^只有設備借用目前的處理人/],
    ['en', 'unknown-ticket', 'No such loan', /^There is no loan TS1 that you may see/],
  ] as const)('%s: is told in titles and sentences: %s', (locale, code, title, detail) => {
    const process = said('设备借用', '設備借用', 'loan')[locale]
    const told = problemText(code, code === 'ended' ? { stage: 'closing' } : params[code], { ...speech(locale), process, another: process })
    expect(told.title).toBe(title)
    expect(told.detail).toMatch(detail)
  })
})

describe('a remedy', () => {
  it('of what there is once only is not to open another one', () => {
    const words = (another?: string) => problemText('ended', { stage: 'closing' }, { ...speech('en'), process: 'report', another }).detail
    expect(words('report')).toMatch(/open a new report\.$/)
    expect(words()).toMatch(/nothing more can be done with it\.$/)
    const told = (about: Worded) => wordsFor(processes, { about, path: '/', locale: 'en' }).another
    expect([told(report.process), told(assessment.process), told(review.process)]).toEqual([undefined, undefined, 'review'])
  })

  it.each([
    ['zh-CN', /请主管转交给您。$/, /请主管转交给您，或先执行“认领”。$/],
    ['zh-TW', /請主管轉交給您。$/, /請主管轉交給您，或先執行「認領」。$/],
    ['en', /Ask for it to be given to you\.$/, /Ask for it to be given to you, or do “Claim” first\.$/],
  ] as const)('%s: is a command that is possible', (locale, without, withClaim) => {
    expect(problemText('not-yours', { command: 'accept', first: 'claim' }, speech(locale)).detail).toMatch(withClaim)
    expect(problemText('not-yours', { command: 'accept', holder: 'wang' }, speech(locale)).detail).toMatch(without)
  })
})

describe('ids in a message', () => {
  it('are called by their labels and names', () => {
    expect(problemText('wrong-stage', params['wrong-stage'], speech('zh-CN')).detail).toContain(
      '工单处于“诊断与定级”，不能执行“认领”；可执行的阶段：“分派/待认领”。当前处理人：王强。',
    )
    expect(problemText('wrong-role', params['wrong-role'], speech('zh-TW')).detail).toContain(
      '此操作（「認領」）只能由以下角色執行：客服、工程師',
    )
    expect(problemText('already-held', params['already-held'], speech('en')).detail).toContain('王强 already has this ticket')
  })

  // An address is written in names, not in labels.
  it.each(problemCodes.filter((code) => code !== 'unknown-command'))(
    'are called so in %s, whatever of the profile or the process it names',
    (code) => {
      const labelled = new Set([
        ...Object.keys({ ...terms.for, ...terms.priority, ...roleLabels }),
        ...ticketStages.map(({ id }) => id),
        ...ticketProcess.commands.filter(isForPeople).map(({ name }) => name),
      ])
      const lists: Readonly<Record<string, readonly string[]>> = { for: Object.keys(terms.for), priority: Object.keys(terms.priority) }
      for (const [name, given] of Object.entries(params[code]))
        for (const value of lists[name] ?? [given].flat())
          for (const locale of ['zh-CN', 'zh-TW'] as const) {
            const { title, detail } = problemText(code, { ...params[code], [name]: value }, speech(locale))
            const words = `${title} ${detail}`.match(/[a-z]+(?:-[a-z]+)*/g) ?? []
            expect(
              words.filter((word) => labelled.has(word)),
              detail,
            ).toEqual([])
          }
    },
  )

  it('stand for themselves when nobody knows a name', () => {
    expect(problemText('already-held', { holder: 'ghost' }, speech('en')).detail).toContain('ghost already has')
  })

  it('do not leave a half sentence when they are absent', () => {
    expect(problemText('not-yours', { command: 'accept' }, speech('zh-CN')).detail).toBe(
      '只有工单的当前处理人才能执行“接单确认”。请主管转交给您。',
    )
  })
})

describe('what is wrong with fields', () => {
  it('is told in one sentence too, at most five of them', () => {
    const errors: InputError[] = Array.from({ length: 7 }, (_, at) => ({ path: `f${at}`, code: 'required' }))
    const text = summaryText(errors, speech('zh-CN'))
    expect(text).toMatch(/^f0：必填，请填写；/)
    expect(text).toMatch(/f4：必填，请填写；…$/)
  })

  it('names the known field that was probably meant, else all that are known', () => {
    const known = ['title', 'description']
    expect(fieldText({ path: 'titel', code: 'unknown-field', params: { known } }, speech('en'))).toBe(
      'is not known here; did you mean “title”?',
    )
    expect(fieldText({ path: 'fields.zzz', code: 'unknown-field', params: { known } }, speech('en'))).toBe(
      'is not known here; known: title, description',
    )
  })

  it('counts entries of lists and letters of texts', () => {
    expect(fieldText({ path: 'tags', code: 'too-small', params: { origin: 'array', limit: 1 } }, speech('zh-CN'))).toBe('至少要有 1 项')
    expect(fieldText({ path: 'score', code: 'too-big', params: { origin: 'number', limit: 5 } }, speech('zh-CN'))).toBe('不能大于 5')
  })

  it('tells instants in the zone of the profile', () => {
    expect(instantText('2026-03-02T01:00:00.000Z', 'Asia/Shanghai')).toBe('2026-03-02 09:00 (Asia/Shanghai)')
    expect(instantText('wang', 'Asia/Shanghai')).toBeUndefined()
  })

  it('name who has the ticket, and the absent person in whose place', () => {
    const said = (params: RejectionParams) => fieldText({ path: 'to', code: 'same-person', params }, speech('en'))
    expect(said({ person: 'wang' })).toBe('names who has it already: 王强; choose somebody else')
    expect(said({ person: 'wang', absent: 'zhao' })).toMatch(/^names who has it already: 王强, who stands in for zhao /)
  })

  it('say only of a field that may be left out that it may', () => {
    const said = (params: RejectionParams) => fieldText({ path: 'parent', code: 'parent-ended', params }, speech('en'))
    expect(said({ number: 'TS1' })).toMatch(/still on its way$/)
    expect(said({ number: 'TS1', field: 'optional' })).toMatch(/still on its way, or leave it out$/)
  })

  it('are as exact as it takes to tell them apart', () => {
    const said = (given: string, now: string) => fieldText({ path: 'until', code: 'not-after-now', params: { given, now } }, speech('en'))
    expect(said('2026-03-02T07:01:59.000Z', '2026-03-02T07:02:00.000Z')).toContain('2026-03-02 15:01 (Asia/Shanghai)')
    expect(said('2026-03-02T07:02:01.000Z', '2026-03-02T07:02:02.500Z')).toMatch(/15:02:01 \(.*15:02:02 \(/)
    expect(said('2026-03-02T07:02:01.100Z', '2026-03-02T07:02:01.600Z')).toMatch(/15:02:01\.100 \(.*15:02:01\.600 \(/)
  })
})

describe('templates', () => {
  it('leave a bracketed part out when one of its parameters is absent or empty', () => {
    expect(fill('a[ {x} and {y}]b', { x: '1' })).toBe('ab')
    expect(fill('a[ {x}]b', { x: '' })).toBe('ab')
    expect(fill('a[ {x}]b', { x: '1' })).toBe('a 1b')
  })

  it('never take a value for a template', () => {
    expect(fill('{x}', { x: '{y}[z]', y: 'no' })).toBe('{y}[z]')
  })

  it.each([
    ['请在 {x} 前告知', '18:00', '请在 18:00 前告知'],
    ['请在 {x} 前告知', '18:00 北京时间', '请在 18:00 北京时间前告知'],
    ['请在{x}前告知', '18:00', '请在 18:00 前告知'],
    ['请 {x} 处理', '王强', '请王强处理'],
    ['请{x}处理', '王强', '请王强处理'],
    ['“{x}” 和 {x}', 'VPN', '“VPN” 和 VPN'],
    ['{x} {x}，{x} ', '甲', '甲 甲，甲 '],
    ['ask {x} by', '王强', 'ask 王强 by'],
  ])('put one space between Chinese and what is not, and none between Chinese and Chinese: %s, %s', (template, x, text) => {
    expect(fill(template, { x })).toBe(text)
  })
})
