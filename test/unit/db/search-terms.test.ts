import fc from 'fast-check'
import { expect, it } from 'vitest'
import { questionTerms, searchTerms, searchText } from '../../../db/search-terms.ts'

it('cuts Chinese into ones and twos, Latin letters and digits into threes besides', () => {
  expect(searchTerms(searchText('登录 VPN'))).toEqual(['登', '登录', '录', '录v', 'v', 'vp', 'vpn', 'p', 'pn', 'n'])
  expect(questionTerms(searchText('登录失败 VPN2'))).toEqual(['登录', '录失', '失败', '败v', 'vpn', 'pn2'])
  expect(questionTerms('登')).toEqual(['登'])
  expect(searchTerms(searchText('a', 'b'))).toEqual(['a', 'b'])
})

it('finds every text that contains the question', () => {
  const characters = fc.constantFrom('登', '录', '系', ' ', 'a', 'B', '1', '９', 'Ｖ', '𠮷', '。', '\n')
  const text = fc.array(characters, { maxLength: 20 }).map((list) => list.join(''))
  fc.assert(
    fc.property(text, text, text, (before, question, after) => {
      const kept = searchText(before + question + after)
      const asked = searchText(question)
      if (kept.includes(asked)) expect(searchTerms(kept)).toEqual(expect.arrayContaining(questionTerms(asked)))
    }),
  )
})
