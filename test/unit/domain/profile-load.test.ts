import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { sentences } from '../../../domain/document/sentences.ts'
import { locales } from '../../../domain/labels.ts'
import { parseProfile } from '../../../domain/profile/load.ts'

let good = ''
beforeAll(async () => {
  good = await readFile(new URL('../profiles/whole/tech-support.yaml', import.meta.url), 'utf8')
})

/** What is written wrong, what stood there, where it is told and how. */
const faults = [
  [
    'an unknown field kind',
    'kind: boolean',
    'kind: bool',
    'types[0].fields[4].kind',
    '"bool" is not possible; write one of text, long-text, date, instant, number, boolean, choice',
  ],
  [
    'a mistyped choice',
    'timeBase: elapsed',
    'timeBase: elapsd',
    'priorities[0].timeBase',
    '"elapsd" is not possible, perhaps "elapsed"; write one of elapsed, working',
  ],
  [
    'a mistyped key',
    'reopeningWindow: P7D',
    'reopeningWindwo: P7D',
    'reopeningWindwo',
    'unknown key "reopeningWindwo"; write "reopeningWindow"',
  ],
  ['a key from elsewhere', 'attempts: 3', 'attempts: 3, colour: red', 'callback.colour', 'unknown key "colour"; known here: attempts'],
  [
    'text for a number',
    'version: 6',
    'version: "1"',
    'version',
    'must be a whole number, not "1"; write a whole number without quotes, such as 3',
  ],
  [
    'half a version',
    'version: 6',
    'version: 3.5',
    'version',
    'must be a whole number, not 3.5; write a whole number without quotes, such as 3',
  ],
  ['a version before the first', 'version: 6', 'version: 0', 'version', 'must be 1 or more'],
  [
    'a label that nobody sees',
    'label: { zh-CN: 电话, ',
    'label: { zh-CN: "\u200b\u3000", ',
    'channels[0].label.zh-CN',
    'must not be empty',
  ],
  ['a version that no row holds', 'version: 6', 'version: 2147483648', 'version', 'must be 2147483647 or less'],
  [
    'a day before all documents',
    'effectiveFrom: "2026-01-01"',
    'effectiveFrom: "0001-01-01"',
    'document.effectiveFrom',
    'write a day from 1900-01-01 on',
  ],
  [
    'a pattern without end',
    'TS{yyyyMMdd}{serial:3}',
    `${'TS'.repeat(50)}{yyyyMMdd}{serial:3}`,
    'number.pattern',
    'must have 100 characters or fewer; shorten it',
  ],
  ['a number for text', 'preparer: 技术支持组长', 'preparer: 2023', 'document.preparer', 'must be text, not 2023; put it in quotes'],
  ['a yes for true', 'closed: false', 'closed: no', 'classification.closed', 'must be true or false, not no; write true or false'],
  [
    'a mapping for a list',
    'channels:\n',
    'channels: {}\nx-channels:\n',
    'channels',
    'must be a list, not {}; write one item a line after "- ", or [a, b]',
  ],
  ['an empty list', 'channels:\n', 'channels: []\nx-channels:\n', 'channels', 'needs at least 1; add what is lacking'],
  ['an empty text', 'preparer: 技术支持组长', 'preparer: ""', 'document.preparer', 'must not be empty; fill it in'],
  ['a priority twice', 'id: low', 'id: high', 'priorities[3].id', '"high" stands twice in the list; rename or remove one'],
  [
    'an id with capitals',
    'id: low',
    'id: Low',
    'priorities[3].id',
    '"Low" is no id; begin with a lower-case letter and use those, digits and hyphens, such as software-fault',
  ],
  [
    'a yes in quotes',
    'leftOut: false',
    'leftOut: "false"',
    'stages[6].leftOut',
    'must be true or false, not "false"; write true or false without quotes',
  ],
  [
    'a number for a duration',
    'reopeningWindow: P7D',
    'reopeningWindow: 7',
    'reopeningWindow',
    '"7" is no duration; write ISO 8601 such as PT15M',
  ],
  [
    'a mapping for an id',
    'team: tech-support',
    'team: { id: tech-support }',
    'types[0].team',
    'must be text, not {"id":"tech-support"}; write a single text here',
  ],
  [
    'a key of another meaning',
    'kind: instant',
    'kind: instant, neededWhen: always',
    'types[0].fields[0].neededWhen',
    'unknown key "neededWhen"; known here: id, label, kind, required, ',
  ],
  ['a window without end', 'reopeningWindow: P7D', 'reopeningWindow: P99999D', 'reopeningWindow', 'more than ten years'],
  [
    'an abbreviated zone',
    'zone: Asia/Shanghai',
    'zone: CST',
    'zone',
    '"CST" means different zones in different places; write Area/City such as Asia/Shanghai, or UTC',
  ],
  ['a zone with a blank', 'zone: Asia/Shanghai', 'zone: "Asia/Shanghai "', 'zone', 'there is no zone "Asia/Shanghai "'],
  ['a zone by its offset', 'zone: Asia/Shanghai', 'zone: Etc/GMT-8', 'zone', 'there is no zone "Etc/GMT-8"'],
  [
    'X4: an offset that says neither before nor after',
    'at: -25%',
    'at: 25%',
    'clocks[0].ladder[0].at',
    '"25%" says neither before nor after the due instant; write -25% or +25%',
  ],
  [
    'X4: a level before the start of every target',
    'id: warning, at: -25%',
    'id: warning, at: -PT8H',
    'clocks[0].ladder[0].at',
    '"-PT8H" lies at the start of this clock or before it',
  ],
  [
    'X4: repetitions that are over before the start',
    'id: warning, at: -25%',
    'id: warning, at: -300%, every: 50%, times: 3',
    'clocks[0].ladder[0].at',
    '"-300%" lies at the start of this clock or before it',
  ],
  ['X4: a level at the start', 'at: -25%', 'at: -100%', 'clocks[0].ladder[0].at', '"-100%" lies at the start of this clock'],
  [
    'X4: repetitions after the end',
    'every: 33%, times: 2, to: [customer], notice: information-reminder',
    'every: 33%, times: 4, to: [customer], notice: information-reminder',
    'clocks[8].ladder[0].every',
    'this clock ends when it is due, and repetitions every "33%" come after that',
  ],
  [
    'an unknown zone',
    'zone: Asia/Shanghai',
    'zone: Asia/Beijing',
    'zone',
    'there is no zone "Asia/Beijing"; write Area/City such as Asia/Shanghai, or UTC',
  ],
  ['a number without serial', 'TS{yyyyMMdd}{serial:3}', 'TS{yyyyMMdd}', 'number.pattern', 'has no serial; add one such as {serial:3}'],
  ['an unknown date', 'TS{yyyyMMdd}{serial:3}', 'TS{YYYYMMDD}{serial:3}', 'number.pattern', '"{YYYYMMDD}" is neither a date nor a serial'],
  [
    'a duration in words',
    'urgent: PT15M',
    'urgent: 15min',
    'clocks[0].within.urgent',
    '"15min" is no duration; write ISO 8601 such as PT15M',
  ],
  ['a promise of no time', 'urgent: PT15M', 'urgent: PT0M', 'clocks[0].within.urgent', 'must be longer than nothing, such as PT15M'],
  ['one target that is no duration', 'within: PT24H', 'within: PT48h', 'clocks[11].within', '"PT48h" is no duration; write ISO 8601'],
  ['a promise without an end', 'urgent: PT15M', 'urgent: P99999999D', 'clocks[0].within.urgent', 'more than ten years'],
  [
    'X4: a rung that nobody hears',
    'at: -25%, to: [representative]',
    'at: -25%, to: []',
    'clocks[0].ladder[0].to',
    'this level names nobody',
  ],
  [
    'X4: an offset in words',
    'at: -25%',
    'at: early',
    'clocks[0].ladder[0].at',
    '"early" is no offset; write a share of the target such as -25%',
  ],
  ['X4: a level that stands twice', 'id: missed, at: 0%', 'id: warning, at: 0%', 'clocks[0].ladder[1].id', '"warning" stands twice'],
  ['X4: a repetition of nothing', 'every: 100%', 'every: 0%', 'clocks[4].ladder[2].every', '"0%" cannot be a repetition'],
  [
    'X4: a level after the end',
    'at: 0%, to: [representative] }\n  - id: wait-limit',
    'at: +10%, to: [representative] }\n  - id: wait-limit',
    'clocks[8].ladder[1].at',
    'lies after the end of this clock',
  ],
  [
    'X4: a customer told what is for colleagues',
    'at: -25%, to: [representative]',
    'at: -25%, to: [customer]',
    'clocks[0].ladder[0].notice',
    'name a notice for customers',
  ],
  [
    'X4: a notice that is none',
    'notice: still-investigating',
    'notice: still-investigatin',
    'clocks[4].ladder[2].notice',
    'perhaps "still-investigating"',
  ],
  ['X4: a level called due', 'id: warning', 'id: due', 'clocks[0].ladder[0].id', 'is a name of our own'],
  [
    'X4: repeated, but how soon?',
    'every: 100%, times: 6',
    'times: 6',
    'clocks[4].ladder[2].times',
    'says how often but not how soon; add every',
  ],
  ['a clock that nothing stops', 'stops: [contacted]', 'stops: []', 'clocks[0].stops', 'this clock would never stop'],
  ['a clock that only its own start stops', 'stops: [contacted]', 'stops: [submitted]', 'clocks[0].stops', 'this clock would never stop'],
  [
    'a clock that each stop starts anew',
    'stops: [updated, completed]',
    'stops: [updated]',
    'clocks[4].stops',
    'this clock would never stop',
  ],
  ['a moment nobody knows', 'stops: [contacted]', 'stops: [contactd]', 'clocks[0].stops[0]', 'perhaps "contacted"'],
  [
    'a priority left out',
    'within: { urgent: PT2H, high: PT8H, medium: PT8H, low: PT8H }',
    'within: { urgent: PT2H, high: PT8H, medium: PT8H }',
    'clocks[1].within',
    'has no target for priority "low"',
  ],
  [
    'a target for no priority',
    'low: PT8H }',
    'low: PT8H, lowest: P9D }',
    'clocks[0].within.lowest',
    'there is no "lowest" in this profile; there are urgent, high, medium, low',
  ],
  [
    'a pause for what nobody waits for',
    'pauses: [customer]',
    'pauses: [weather]',
    'clocks[1].pauses[0]',
    'there is no "weather" in this profile; there are customer, vendor, department, part, query, any',
  ],
  ['a day that is none', '"2026-01-01"', '"2026-02-30"', 'document.effectiveFrom', '"2026-02-30" is no date; write it like 2026-10-01'],
  [
    'a choice without choices',
    'kind: boolean',
    'kind: choice',
    'types[0].fields[4].choices',
    'a field of kind choice needs its choices; list them here',
  ],
  [
    'choices without choice',
    'kind: boolean',
    'kind: text, choices: [{ id: a, label: { zh-CN: 甲, zh-TW: 甲, en: A } }]',
    'types[0].fields[4].choices',
    'only a field of kind choice has choices',
  ],
  ['nobody to wait for', 'id: customer,', 'id: client,', 'waitingFor', 'needs an item with id customer'],
  ['a label in two languages', 'zh-TW: 電話, ', '', 'channels[0].label.zh-TW', 'is missing; add it'],
  [
    'a calendar there is not',
    'calendar: cn-office',
    'calendar: cn-factory',
    'calendar',
    'there is no calendar "cn-factory"; there are cn-office',
  ],
] as const satisfies readonly (readonly [what: string, from: string, to: string, path: string, reason: string])[]

describe('X1: a bad profile is refused with path, line and reason', () => {
  it('X1: a good one is taken, in YAML or JSON, with or without the calendars there are', () => {
    const yaml = parseProfile(good)
    expect(yaml).toMatchObject({ ok: true, profile: { id: 'tech-support' } })
    const json = JSON.stringify(yaml.ok ? yaml.profile : undefined, null, 2)
    expect(parseProfile(json, { format: 'json' })).toEqual(yaml)
    expect(parseProfile(json, { format: 'json', calendars: ['cn-office'] })).toEqual(yaml)
    expect(parseProfile(json.replaceAll('  ', '\t'), { format: 'json' })).toEqual(yaml)
  })

  it.each(faults)('X1: %s', (_what, from, to, path, reason) => {
    const text = good.replace(from, to)
    expect(text).not.toBe(good)
    const lineOfChange = good.slice(0, good.indexOf(from)).split('\n').length
    const error = errorsOf(text, { calendars: ['cn-office'] }).find((candidate) => candidate.path === path)
    expect(error?.reason).toContain(reason)
    // What a whole list lacks is shown where the list begins.
    expect(error?.line).toBe(path === 'waitingFor' ? lineOf('waitingFor:') : lineOfChange)
  })

  it.each([
    ['a clock without a target', '    within: PT1H\n', '', 'clocks[3].within', 'has no target; write within, such as PT4H'],
    [
      'a target beside a stated instant',
      'starts: [deferred]',
      'starts: [deferred]\n    within: PT1H',
      'clocks[7].within',
      'is due at the instant they bring',
    ],
    [
      'a target of a clock that is none',
      '    team: tech-support\n',
      '    team: tech-support\n    targets: { repair: PT4H }\n',
      'types[0].targets.repair',
      'there is no "repair" in this profile',
    ],
  ])('X1: %s, shown where the clock begins or the target stands', (_what, from, to, path, reason) => {
    const error = errorsOf(good.replace(from, to)).find((candidate) => candidate.path === path)
    expect(error?.reason).toContain(reason)
    expect(error?.line).toBeGreaterThan(0)
  })

  it('X1: a missing key is shown where its mapping is', () => {
    expect(errorsOf(good.replace('reopeningWindow: P7D\n', ''))).toEqual([
      { path: 'reopeningWindow', line: lineOf('id: tech-support'), reason: 'is missing; add it' },
    ])
    expect(errorsOf(good.replace('timeBase: elapsed\n', '\n'))).toMatchObject([
      { path: 'priorities[0].timeBase', line: lineOf('- id: urgent'), reason: 'is missing; write one of elapsed, working' },
    ])
  })

  it('X1: one fault is told once', () => {
    expect(errorsOf(good.replace('within: PT24H', 'within: PT24h')).map(({ reason }) => reason)).toEqual([
      expect.stringContaining('is no duration'),
    ])
  })

  it('X1: a mistyped key is one mistake: what was meant is not missing as well', () => {
    for (const [from, to, path] of [
      ['reopeningWindow: P7D', 'reopenWindow: P7D', 'reopenWindow'],
      ['priorities:\n', 'priorites:\n', 'priorites'],
      ['within: PT1H', 'wihtin: PT1H', 'clocks[3].wihtin'],
    ] as const) {
      const errors = errorsOf(good.replace(from, to))
      expect(errors).toEqual([{ path, line: lineOf(from.trim()), reason: expect.stringMatching(/^unknown key "\w+"; write "\w+"$/) }])
    }
    // The key that would be meant is there: it is neither recommended nor forgiven.
    expect(errorsOf(good.replace('reopeningWindow: P7D', 'reopeningWindow: 7\nreopenWindow: P7D')).map(({ reason }) => reason)).toEqual([
      expect.stringMatching(/^"7" is no duration/),
      expect.stringMatching(/^unknown key "reopenWindow"; known here: /),
    ])
  })

  it('X4: what is wrong with one part of a level is not held against another', () => {
    for (const [level, path] of [
      ['at: 0%, every: 100%, times: 0', 'times'],
      ['at: 0%, every: 100%, times: 51', 'times'],
      ['at: -25%, every: -50%, times: 4', 'every'],
      ['at: 25%, every: 100%, times: 2', 'at'],
    ] as const) {
      const errors = errorsOf(good.replace('id: warning, at: -25%', `id: warning, ${level}`))
      expect(
        errors.map((error) => error.path),
        level,
      ).toEqual([`clocks[0].ladder[0].${path}`])
    }
  })

  it('X6: lists and blanks are those of the language asked for', () => {
    const text = good
      .replace('pauses: [customer]', 'pauses: [weather]')
      .replace('closed: false', 'closed: 7')
      .replace('{number}', '{numbr}')
    const reasons = errorsOf(text, { locale: 'zh-CN' }).map(({ reason }) => reason)
    expect(reasons).toContainEqual(expect.stringMatching(/现有：customer、vendor、/))
    expect(reasons).toContainEqual(expect.stringMatching(/应为 true 或 false，/))
    for (const reason of reasons) expect(reason).not.toMatch(/, |\p{Script=Han}[A-Za-z0-9]/u)
  })

  it('X1: all errors come at once, in the order of the text', () => {
    const text = good
      .replace('version: 6', 'version: one')
      .replace('zone: Asia/Shanghai', 'zone: Mars/Olympus')
      .replace('id: chat', 'id: phone')
      .replace('zh-CN: 电子邮件, ', '')
      .replace('kind: instant', 'kind: instnat')
      .replace('kind: boolean', 'kind: choice')
      .replace('attempts: 3', 'attempt: 3')
    const errors = errorsOf(text)
    expect(errors.map(({ line }) => line)).toEqual(errors.map(({ line }) => line ?? 0).toSorted((a, b) => a - b))
    // The form is written once and referred to by the other types: what is wrong with it is told once.
    const ofTheForm = ['types[0].fields[0].kind', 'types[0].fields[4].choices']
    expect(new Set(errors.map(({ path }) => path))).toEqual(
      new Set(['version', 'zone', 'channels[1].id', 'channels[2].label.zh-CN', ...ofTheForm, 'callback.attempt']),
    )
  })

  it('X1: what lies between the parts is told beside what is wrong with one', () => {
    const text = good
      .replace('version: 6', 'version: one')
      .replace('stops: [contacted]', 'stops: [submitted]\n    colour: red')
      .replace('pauses: [customer]', 'pauses: [weather]')
    expect(errorsOf(text).map(({ path }) => path)).toEqual(['version', 'clocks[0].stops', 'clocks[0].colour', 'clocks[1].pauses[0]'])
  })

  it('X1: no fault of one part hides what lies between the parts: not one of those above', () => {
    const strange = good.replace('pauses: [customer]', 'pauses: [weather]')
    const hiding = faults.filter(([, from, to]) => {
      const text = strange.replace(from, to)
      return text !== strange && !errorsOf(text, { calendars: ['cn-office'] }).some(({ reason }) => reason.includes('"weather"'))
    })
    expect(hiding.map(([what]) => what)).toEqual([])
  })

  it('X1: one mistyped id is one fault, in however many places it is named', () => {
    expect(errorsOf(good.replace('- id: urgent', '- id: urgnt'))).toEqual([
      {
        path: 'clocks[0].within.urgent',
        line: lineOf('urgent: PT15M'),
        reason: expect.stringMatching(/^there is no "urgent" in this profile; there are urgnt, .* \(and \d+ more like it\)$/),
      },
    ])
    expect(errorsOf(good.replace('- id: urgent', '- id: Urgent')).map(({ path }) => path)).toEqual(['priorities[0].id'])
  })

  it('X6: a placeholder in full-width braces would stay as it is', () => {
    const text = good.replace('{number}', '｛number｝')
    expect(text).not.toBe(good)
    const [error] = errorsOf(text)
    expect(error?.reason).toBe('"｛number｝" has full-width braces and would stay as it is; write "{number}"')
  })

  it('X1: a key given twice is found, beside everything else', () => {
    const text = good.replace('reopeningWindow: P7D', 'reopeningWindow: P7D\nversion: two')
    const line = lineOf('reopeningWindow') + 1
    expect(errorsOf(text)).toEqual([
      { path: '', line, reason: 'this key stands twice in the same mapping; keep one' },
      { path: 'version', line, reason: 'must be a whole number, not two; write a whole number without quotes, such as 3' },
    ])
  })

  it.each([
    ['an unclosed bracket', 'id: [a, b', /^not valid YAML \(.*\); check indentation/, 1],
    ['a tab', 'id: a\nlabel:\n\ten: a\n', /^tabs cannot indent YAML; use spaces$/, 3],
    ['two documents', 'id: a\n---\nid: b\n', /^one file holds one document/, 2],
    ['an unknown tag', 'id: !js a', /^not valid YAML/, 1],
    ['an alias of nothing', 'id: *nothing', /^there is no "&nothing" before/, 1],
    ['an alias of itself', 'version: 1\nid: &a [*a]', /^the alias "\*a" stands inside what it names/, 2],
    ['a bomb of aliases', bomb(), /^with the alias "\*e" the document grows too large/, 6],
    ['a text far too long', '#'.repeat(1_000_001), /^the document is longer than 1000000/, undefined],
  ])('X1: %s is no profile', (_what, text, reason, line) => {
    const [error] = errorsOf(text)
    expect(error?.reason).toMatch(reason)
    expect(error?.line).toBe(line)
  })

  it.each([
    [
      'a quotation mark that is not closed',
      '"TS{yyyyMMdd}{serial:3}"',
      '"TS{yyyyMMdd}{serial:3}',
      /^a text begins with a quotation mark here and has none/,
    ],
    ['braces without quotation marks', '"TS{yyyyMMdd}{serial:3}"', 'TS{yyyyMMdd}{serial:3}', /^a text with braces needs quotation marks/],
    ['typographic quotation marks', '"TS{yyyyMMdd}{serial:3}"', '“TS{yyyyMMdd}{serial:3}”', /^typographic quotation marks/],
    ['a full-width colon', '\nversion: ', '\nversion：', /^the colon after the key is a full-width one/],
    ['a full-width comma in braces', '技术支持, zh-TW', '技术支持，zh-TW', /^the comma in these brackets is a full-width one/],
    ['a colon in a text', '\nzone: ', '\nzone: a: ', /^a text with ": " in it needs quotation marks/],
    ['a sign that YAML keeps for itself', '\nzone: ', '\nzone: @', /^a text that begins with this sign needs/],
  ])('X1: %s is told where it is, and little of what follows from it', (_what, right, wrong, reason) => {
    const at = good.indexOf(right)
    expect(at, right).toBeGreaterThan(-1)
    const text = good.slice(0, at) + wrong + good.slice(at + right.length)
    const line = text.slice(0, at + 1).split('\n').length
    const errors = errorsOf(text)
    expect(errors[0]).toMatchObject({ path: '', reason: expect.stringMatching(reason), line })
    expect(errors.length).toBeLessThan(4)
    for (const locale of ['zh-CN', 'zh-TW'] as const)
      for (const error of errorsOf(text, { locale })) expect(error.reason).not.toMatch(/[A-Za-z]{4,} [a-z]{2,}/)
  })

  it.each([
    ['a text of several lines', 'id: a\ntitle: "first line\n  second line"\nzone: x\n\tlabel: y'],
    ['typographic marks in a text', 'id: a\ntitle: “你好”\n\tlabel: y'],
    ['a list item in braces', 'types:\n- {id: urgent, label: Urgent}\n\tlabel: y'],
  ])('X1: %s, which is right, is not blamed for another fault', (_what, text) => {
    expect(errorsOf(text)).toMatchObject([{ line: text.split('\n').length, reason: 'tabs cannot indent YAML; use spaces' }])
  })

  it('X1: a key with a full-width colon is told as such, not as one that nobody knows', () => {
    expect(errorsOf(good.replace('{ zh-CN: 技术支持,', '{ zh-CN：技术支持,')).map(({ reason }) => reason)).toEqual([
      'the colon after the key is a full-width one; write a colon and a blank, such as id: acme',
    ])
  })

  it('X1: a key that no mapping can have is told, not passed over', () => {
    expect(errorsOf(good.replace('quietHours:', '__proto__: { a: 1 }\nquietHours:'))).toContainEqual({
      path: '',
      line: expect.any(Number),
      reason: '"__proto__" cannot be a key; give it another name',
    })
  })

  it.each(['', '# nothing', '[]', 'profile', '7', 'null'])('X1: "%s" is no profile either', (text) => {
    expect(errorsOf(text)).toMatchObject([{ path: '', reason: expect.stringMatching(/^must be a mapping|^is missing/) }])
  })

  it('X1: JSON is held to the rules of JSON', () => {
    expect(errorsOf('{"id": "a",}', { format: 'json' })).toMatchObject([{ path: '', reason: expect.stringMatching(/^not valid JSON/) }])
    expect(errorsOf('id: a', { format: 'json' })).toMatchObject([{ reason: expect.stringMatching(/^not valid JSON/) }])
    expect(errorsOf('{\n"id": "a",\n"id": "b"}', { format: 'json' })).toContainEqual({
      path: '',
      line: 3,
      reason: 'this key stands twice in the same mapping; keep one',
    })
  })

  it('X6: reasons come in the language asked for', () => {
    const text = good.replace('kind: boolean', 'kind: bool').replace('reopeningWindow', 'reopeningWindwo')
    expect(errorsOf(text, { locale: 'zh-CN' }).map(({ reason }) => reason)).toContain(
      '不认识“reopeningWindwo”，是否应为“reopeningWindow”？',
    )
    expect(errorsOf(text, { locale: 'zh-TW' }).map(({ reason }) => reason)).toContain(
      '「bool」不可用，請寫以下之一：text、long-text、date、instant、number、boolean、choice',
    )
  })

  it('X6: every sentence has the same parameters in each language, and ends with a remedy of its own language', () => {
    for (const said of Object.values(sentences)) {
      const parameters = locales.map((locale) =>
        [...new Set(said[locale].match(/\{(?:limit|given|known|choices|nearest|expected|last|at)\}/g) ?? [])].toSorted(),
      )
      expect(parameters[1]).toEqual(parameters[0])
      expect(parameters[2]).toEqual(parameters[0])
    }
  })

  it('X1: whatever the text, the answer is a profile or at least one reason, never an exception', () => {
    const cut = fc.tuple(fc.nat(), fc.nat(), fc.string({ maxLength: 5 }))
    fc.assert(
      fc.property(cut, ([at, length, put]) => {
        const from = at % good.length
        const text = good.slice(0, from) + put + good.slice(from + (length % 40))
        const result = parseProfile(text)
        if (!result.ok) expect(result.errors.length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

function errorsOf(text: string, options: Parameters<typeof parseProfile>[1] = {}) {
  const result = parseProfile(text, options)
  return result.ok ? [] : result.errors
}

function lineOf(piece: string): number {
  return good.slice(0, good.indexOf(piece)).split('\n').length
}

/** Nine levels of nine aliases each: half a billion items from a few lines. */
function bomb(): string {
  const levels = [
    'a: &a [x]',
    ...'bcdefghij'.split('').map(
      (name, at) =>
        `${name}: &${name} [${Array(9)
          .fill(`*${'abcdefghi'[at] ?? 'a'}`)
          .join(', ')}]`,
    ),
  ]
  return levels.join('\n')
}
