import { describe, expect, it } from 'vitest'
import { locales, type Locale } from '../../../domain/labels.ts'
import { plus } from '../../../domain/instant.ts'
import { opening, telling } from '../../../workflows/common/other-processes.ts'
import { begin, perform, settle } from '../../../workflows/engine.ts'
import { lin, monday, office } from '../../support/tickets.ts'
import { unspaced } from '../../support/temporal-ui.ts'
import { loanPolicy } from '../../loan/processes/loan/host.ts'
import { birth } from '../../loan/workflows/loan/lending.ts'
import { loanProcess } from '../../loan/workflows/loan/process.ts'
import type { LoanPolicy, LoanState } from '../../loan/workflows/loan/state.ts'

/** What people read in the Temporal UI of a process that is no ticket: its type says a few facts, and the rest is everybody's. */

const policyIn = (language: Locale): LoanPolicy =>
  loanPolicy({ id: 'tech-support', version: 1, language, zone: 'Asia/Shanghai' }, { version: 1, calendar: office })

const directory = { people: {}, teams: ['tech-support'] }
const device = '王芳的笔记本 07 号'

function lent(policy: LoanPolicy): LoanState {
  const beginning = birth.of({ device, until: plus(monday, 'PT1H'), team: 'tech-support' })
  const act = { requestId: 'r1', actor: lin, at: monday, directory }
  return begin(loanProcess, 'LN20260302001', beginning, { policy, act, parent: null }).state
}

function commandNamed(name: string) {
  const command = loanProcess.commands.find((one) => one.name === name)
  if (!command) throw new Error(`a loan has no command ${name}`)
  return command
}

const details = (state: LoanState, policy: LoanPolicy) => unspaced(loanProcess.details(state, policy))

describe('a loan in the Temporal UI', () => {
  it.each([
    ['zh-CN', 'LN20260302001 · 设备借用'],
    ['zh-TW', 'LN20260302001 · 設備借用'],
    ['en', 'LN20260302001 · loan'],
  ] as const)('X6: %s: its title is its number and what it is, without the device, which somebody wrote', (language, title) => {
    const policy = policyIn(language)
    expect(loanProcess.title(lent(policy), policy)).toBe(title)
    expect(details(lent(policy), policy)).not.toContain('王芳')
  })

  it.each([
    [
      'zh-CN',
      ['阶段：**借出**', '处理人：**lin**', '团队：**tech-support**', '借出时间：**2026-03-02 09:00**'],
      ['| 归还 | 2026-03-02 10:00 | 进行中 |', '| 2026-03-02 09:59 | 归还：到期前提醒 | lin | 续借、归还 |', '归还：到期即超时 | — |'],
    ],
    [
      'zh-TW',
      ['階段：**借出**', '處理人：**lin**', '團隊：**tech-support**', '借出時間：**2026-03-02 09:00**'],
      ['| 歸還 | 2026-03-02 10:00 | 進行中 |', '歸還：到期前提醒 | lin | 續借、歸還 |', '歸還：逾時通知 | 組長 |'],
    ],
    [
      'en',
      ['Stage: **lent**', 'Handler: **lin**', 'Team: **tech-support**', 'Lent: **2026-03-02 09:00**'],
      ['| Return | 2026-03-02 10:00 | running |', 'Return: reminder | lin | Extend, Give back |', 'Return: overdue notice | team lead |'],
    ],
  ] as const)('X5, X6: %s: its details say where it stands, what was promised and what comes next', (language, facts, rows) => {
    const policy = policyIn(language)
    const told = details(lent(policy), policy)
    for (const text of [...facts, ...rows]) expect(told).toContain(text)
  })

  it('X4: a broken promise stands out while it is owed; what is over, and that nobody has it, is told too', () => {
    const policy = policyIn('en')
    const late = settle(loanProcess, lent(policy), policy, plus(monday, 'PT2H'), 'at').state
    expect(details(late, policy)).toContain('Stage: **overdue**')
    expect(details(late, policy)).toContain('| Return | 2026-03-02 10:00 | **broken, still owed** |')
    const act = { requestId: 'r2', actor: lin, at: plus(monday, 'PT3H'), directory }
    const back = perform(loanProcess, commandNamed('give-back'), late, policy, act, { condition: 'fine' })
    if (!back.ok) throw new Error(back.rejection.code)
    const over = details({ ...back.state, assignee: null }, policy)
    expect(over).toContain('Returned: **2026-03-02 12:00**')
    expect(over).toContain('Handler: **nobody**')
    expect(over).toContain('Nothing will happen by itself')
  })

  it('X6: its timers and activities say what they are for', () => {
    const said = Object.fromEntries(
      locales.map((language) => {
        const policy = policyIn(language)
        const [next] = loanProcess.deadlines(lent(policy), policy).filter(({ level }) => level === 'late')
        if (!next) throw new Error('nothing comes next')
        const asks = [opening('loan', 'LN1-R1', {}), telling('TS1', 'update-progress', {})]
        return [
          language,
          [
            loanProcess.summary({ kind: 'sleep', until: next }, policy),
            loanProcess.summary({ kind: 'write' }, policy),
            ...asks.map((ask) => loanProcess.summary({ kind: 'ask', ask }, policy)),
          ],
        ]
      }),
    )
    expect(said).toEqual({
      'zh-CN': ['归还：超时通知 → 组长', '写入设备借用记录', '新建 LN1-R1', '告知 TS1'],
      'zh-TW': ['歸還：逾時通知 → 組長', '寫入設備借用記錄', '新增 LN1-R1', '告知 TS1'],
      en: ['Return: overdue notice → team lead', 'Write to the records', 'Open LN1-R1', 'Tell TS1'],
    })
  })
})
