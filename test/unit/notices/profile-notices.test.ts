import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { locales } from '../../../domain/labels.ts'
import { noticeKindNames, noticeKinds } from '../../../domain/notices/kinds.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { techSupport } from '../../support/tickets.ts'

const good = readFileSync(new URL('../profiles/whole/tech-support.yaml', import.meta.url), 'utf8')

describe('templates of a profile', () => {
  it('S8: the shipped one has a template for every kind of notice, in three languages, each script in its own', () => {
    for (const kind of noticeKindNames) {
      for (const { 'zh-CN': simplified, 'zh-TW': traditional, en } of Object.values(techSupport.notices[kind])) {
        expect(en).not.toMatch(/\p{Script=Han}/u)
        expect(simplified).not.toMatch(/[術體關題誤應戶聯錯線統導換級處單請儘認與時這還沒]/)
        expect(traditional).not.toMatch(/[术体关题误应户联错线统导换级处单请尽认与时这还没]/)
      }
    }
  })

  it('S8: on creation the customer hears 工单已创建，工单编号：X first, and when work starts (T3)', () => {
    expect(techSupport.notices['ticket-submitted'].text['zh-CN']).toMatch(/^\{customer\}，您好！\n\n工单已创建，工单编号：\{number\}。/)
    for (const locale of locales) expect(techSupport.notices['ticket-submitted'].text[locale]).toMatch(/\{within\}.*\{startBy\}/)
  })

  it('T8: with nothing new the customer hears 正在排查中', () => {
    expect(techSupport.notices['still-investigating'].text['zh-CN']).toContain('正在排查中')
  })

  it('S13: there are scripts for the first response', () => {
    expect(techSupport.scripts.filter(({ purpose }) => purpose === 'first-response').length).toBeGreaterThanOrEqual(3)
  })

  it.each([
    [
      'a placeholder that its kind does not have',
      '您反馈的“{title}”有新的进展：',
      '您反馈的“{clock}”有新的进展：',
      'notices.progress.text.zh-CN',
      'there is no placeholder "{clock}" here; there are {title}, {customer}, {organisation}, {type}, {priority}, {stage}, {handler}, {representative}, {recipient}, {reach}, {number}, {text}',
    ],
    [
      'a mistyped placeholder',
      'Progress: {title}',
      'Progress: {titel}',
      'notices.progress.subject.en',
      'there is no placeholder "{titel}" here, perhaps "{title}"; there are',
    ],
    [
      'a placeholder in Chinese',
      '处理进度：{title}',
      '处理进度：{标题}',
      'notices.progress.subject.zh-CN',
      'there is no placeholder "{标题}" here',
    ],
    [
      'a value that may be missing, without brackets',
      '[, by {startBy} at the latest]',
      ', by {startBy} at the latest',
      'notices.ticket-submitted.text.en',
      '"{startBy}" may have no value; put the part that uses it into [square brackets]',
    ],
    ['half a placeholder', 'Progress: {title}', 'Progress: {title', 'notices.progress.subject.en', '"{" has no partner'],
    ['half a bracket', '[意见：{comment}]', '[意见：{comment}', 'notices.priority-change-decided.text.zh-CN', '"[" has no partner'],
    [
      'brackets that were meant as such',
      '"Progress: {title} · {number}"',
      '"[{number}] Progress: {title}"',
      'notices.progress.subject.en',
      '"[{number}]" would lose its brackets: they mark a part that is left out when a value is missing, and here none can be',
    ],
    [
      'a kind that is none',
      '  verification-failed:',
      '  verification-falied:',
      'notices.verification-falied',
      'unknown key "verification-falied"; write "verification-failed"',
    ],
    ['a kind that is missing', '  verification-failed:', '  something-else:', 'notices.verification-failed', 'is missing; add it'],
    [
      'a language that is missing',
      '      zh-TW: 處理進度：{title}【{number}】\n',
      '',
      'notices.progress.subject.zh-TW',
      'is missing; add it',
    ],
    [
      'a script that asks for what it cannot know',
      '{agent} of technical support. We have',
      '{handler} of technical support. We have',
      'scripts[0].text.en',
      'there is no placeholder "{handler}" here; there are {agent}, {number}, {problem}, {customer}, {organisation}',
    ],
    [
      'a purpose that is none',
      'purpose: first-response',
      'purpose: first-respons',
      'scripts[0].purpose',
      '"first-respons" is not possible, perhaps "first-response"',
    ],
    ['a language we do not speak', 'language: zh-CN', 'language: fr', 'language', '"fr" is not possible; write one of zh-CN, zh-TW, en'],
    [
      'a time that is none',
      'from: "22:00"',
      'from: "25:00"',
      'quietHours.from',
      '"25:00" is no time of day; write it like 22:00, from 00:00 to 23:59',
    ],
    [
      'quiet hours without end',
      'until: "08:00"',
      'until: "22:00"',
      'quietHours.until',
      'quiet hours begin and end at 22:00; write two different times',
    ],
    ['an exception that is no priority', 'except: [urgent]', 'except: [P1]', 'quietHours.except[0]', '"P1" is no id'],
    [
      'an exception that is no priority of the profile',
      'except: [urgent]',
      'except: [important]',
      'quietHours.except[0]',
      'there is no "important" in this profile; there are urgent, high, medium, low',
    ],
  ])('X1: %s is refused with path, line and reason', (_what, from, to, path, reason) => {
    const text = good.replace(from, to)
    expect(text).not.toBe(good)
    const error = errorsOf(text).find((candidate) => candidate.path === path)
    expect(error?.reason).toContain(reason)
    // Of a text of several lines the line of its key.
    const [key = ''] = /[a-zA-Z-]+(?=(\[\d+\])?$)/.exec(path) ?? []
    const nearby = text.split('\n').slice((error?.line ?? 0) - 1)[0] ?? ''
    if (!reason.includes('missing')) expect(nearby).toContain(key)
  })

  it('X1: the other faults of the profile are told beside it', () => {
    const text = good
      .replace('except: [urgent]', 'except: [important]')
      .replace('leftOut: false', 'leftOut: maybe')
      .replace('Progress: {title}', 'Progress: {titel}')
    expect(errorsOf(text).map(({ path }) => path)).toEqual(['stages[6].leftOut', 'quietHours.except[0]', 'notices.progress.subject.en'])
  })

  it('X6: the reasons come in the language asked for', () => {
    const text = good.replace('Progress: {title}', 'Progress: {titel}')
    expect(errorsOf(text, 'zh-CN')[0]?.reason).toMatch(/^没有占位符“\{titel\}”，是否应为“\{title\}”？这里可用：/)
    expect(errorsOf(text, 'zh-TW')[0]?.reason).toMatch(/^沒有佔位符「\{titel\}」/)
  })

  it('may do without quiet hours and scripts', () => {
    const text = good.replace(/^quietHours:.*\n/m, '').replace(/^scripts:[\s\S]*/m, '')
    expect(parseProfile(text)).toMatchObject({ ok: true, profile: { scripts: [] } })
  })
})

describe('kinds of notices', () => {
  it('only what does not ask a colleague to act may be muted', () => {
    const muted = noticeKindNames.filter((kind) => noticeKinds[kind].mayMute)
    expect(muted).toEqual([
      'ticket-queued',
      'progress-reported',
      'priority-change-decided',
      'withdrawn',
      'ticket-moved',
      'help-goes-on',
      'help-ended',
      'handed-off',
      'milestone-reached',
      'report-ready',
      'effect-checked',
      'promises-moved',
    ])
  })
})

function errorsOf(text: string, locale: 'zh-CN' | 'zh-TW' | 'en' = 'en') {
  const result = parseProfile(text, { locale })
  return result.ok ? [] : result.errors
}
