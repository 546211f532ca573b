import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classify, classifyTerm, type Classified } from '../../../domain/classification.ts'
import type { Policy } from '../../../domain/profile/policy.ts'

const policy: Policy['classification'] = {
  closed: false,
  modules: [{ id: 'vpn', labels: ['VPN 客户端', 'VPN 用戶端', 'VPN client'] }],
  types: [
    { id: 'software-fault', labels: ['软件功能异常', '軟體功能異常', 'Software fault'] },
    { id: 'other', labels: ['其他', 'Other'] },
  ],
  causes: [{ id: 'expired-certificate', labels: ['证书过期', '憑證過期', 'Expired certificate'] }],
  emptyWords: ['问题', '問題', '报错', '故障', '其他', '异常', 'bug', 'error', 'issue', 'other', 'n/a', 'no'],
}
const good: Classified = { module: 'vpn', type: 'software-fault', cause: 'expired-certificate', tags: [] }

describe('T15: classification on three axes', () => {
  it('T15: labels in any language, case, width and spacing become the listed id', () => {
    const written = { module: 'ｖｐｎ客户端', type: '軟體功能異常', cause: ' expired  CERTIFICATE', tags: [] }
    expect(classify(written, policy)).toEqual({ ok: true, value: good })
  })

  it('T15: free words are kept as written while the profile is open', () => {
    expect(classify({ ...good, module: ' 打印服务 ', cause: '磁盘写满' }, policy)).toEqual({
      ok: true,
      value: { ...good, module: '打印服务', cause: '磁盘写满' },
    })
  })

  it('T15: a closed profile takes listed words only, and says which', () => {
    expect(errorsOf({ ...good, module: '打印服务', tags: ['磁盘写满'] }, { ...policy, closed: true })).toEqual([
      { path: 'classification.module', code: 'not-a-choice', params: { choices: ['vpn'] } },
    ])
  })

  it('T15: tags are trimmed and each kept once, the first way it was written', () => {
    expect(classify({ ...good, tags: [' 证书链 ', 'TLS 1.3', '证书链', 'tls1.3'] }, policy)).toMatchObject({
      value: { tags: ['证书链', 'TLS 1.3'] },
    })
  })

  it.each([
    '问题',
    '問題',
    '报错',
    '故障',
    '其他',
    ' 问 题 ',
    '問題！',
    'BUG',
    'Ｂｕｇ',
    'error',
    '【报错】',
    'N/A',
    'n / a',
    '其他问题',
    '故障、报错',
    'other issue',
    'bug故障',
    '',
    '   ',
    '卡',
    'x',
    '？？',
    '……',
    '--',
    '😀😀',
  ])('T15: the tag "%s" says nothing and is refused by name', (word) => {
    expect(errorsOf({ ...good, tags: ['证书链', word] })).toEqual([{ path: 'tags[1]', code: 'empty-word', params: { word: word.trim() } }])
  })

  it.each(['登录超时', '故障转移', '错误码 404', '404', 'bugzilla', 'nono', 'no-reply', 'issue tracker', '问题单导出', 'C盘'])(
    'T15: "%s" says something',
    (word) => {
      expect(errorsOf({ ...good, tags: [word] })).toEqual([])
    },
  )

  it.each(['module', 'type', 'cause'] as const)('T15: an empty word is refused as %s', (axis) => {
    expect(errorsOf({ ...good, [axis]: '报错' })).toEqual([
      { path: `classification.${axis}`, code: 'empty-word', params: { word: '报错' } },
    ])
  })

  it.each(['other', '其他', 'Other'])('T15: the listed type "%s" says nothing and is refused as the outcome', (type) => {
    expect(errorsOf({ ...good, type })).toEqual([{ path: 'classification.type', code: 'empty-word', params: { word: type } }])
  })

  it('T15: a listed id whose label says nothing is refused even when the id would pass', () => {
    const types = [{ id: 'misc', labels: ['其他'] }]
    expect(errorsOf({ ...good, type: 'misc' }, { ...policy, types })).toEqual([
      { path: 'classification.type', code: 'empty-word', params: { word: 'misc' } },
    ])
  })

  it('T15: a sentence is no tag', () => {
    expect(errorsOf({ ...good, tags: ['很长'.repeat(31)] })).toEqual([{ path: 'tags[0]', code: 'too-long', params: { limit: 60 } }])
  })

  it('T4: a single word, such as the module a diagnosis names, is judged alike', () => {
    expect(classifyTerm('VPN client', policy.modules, policy, 'module')).toEqual({ ok: true, value: 'vpn' })
    expect(classifyTerm('问题', policy.modules, policy, 'module')).toEqual({
      ok: false,
      errors: [{ path: 'module', code: 'empty-word', params: { word: '问题' } }],
    })
  })

  it('T15: everything wrong is said at once', () => {
    expect(errorsOf({ module: '问题', type: '其他', cause: '', tags: ['bug', '证书链', '！'] }).map((error) => error.path)).toEqual([
      'classification.module',
      'classification.type',
      'classification.cause',
      'tags[0]',
      'tags[2]',
    ])
  })

  it('T15: nothing put together from empty words and punctuation gets through', () => {
    const noise = fc
      .array(fc.constantFrom('问题', '报错', '其他', ' ', '，', '！', ' bug ', ' Error '), { minLength: 1, maxLength: 8 })
      .map((parts) => parts.join(''))
    fc.assert(fc.property(noise, (word) => errorsOf({ ...good, tags: [word] }).length === 1))
  })

  it('T15: classifying what was classified changes nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 8 }), { maxLength: 4 }),
        (module, tags) => {
          const once = classify({ ...good, module, tags }, policy)
          if (once.ok) expect(classify(once.value, policy)).toEqual(once)
        },
      ),
    )
  })
})

function errorsOf(given: Classified, under: Policy['classification'] = policy) {
  const result = classify(given, under)
  return result.ok ? [] : result.errors
}
