import fc from 'fast-check'
import { expect, it } from 'vitest'
import { searchTerms, searchText } from '../../../db/search-terms.ts'

it('cuts Chinese into twos and Latin letters and digits into threes', () => {
  expect(searchTerms(searchText('登录失败 VPN2'))).toEqual(['登录', '录失', '失败', '败v', 'vpn', 'pn2'])
  expect(searchTerms(searchText('ab', 'cd'))).toEqual([])
})

it('finds every text that contains the question', () => {
  const characters = fc.constantFrom('登', '录', '系', ' ', 'a', 'B', '1', '９', 'Ｖ', '𠮷', '。', '\n')
  const text = fc.array(characters, { maxLength: 20 }).map((list) => list.join(''))
  fc.assert(
    fc.property(text, text, text, (before, question, after) => {
      const kept = searchText(before + question + after)
      const asked = searchText(question)
      if (kept.includes(asked)) expect(searchTerms(kept)).toEqual(expect.arrayContaining(searchTerms(asked)))
    }),
  )
})
