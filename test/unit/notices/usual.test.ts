import { expect, it } from 'vitest'
import { usualTemplates } from '../../../domain/notices/usual.ts'
import { faultsInUsual } from '../../../domain/profile/notices.ts'

/** The usual words of a kind of notice stand in every profile that says nothing of it. */

it('S8: usual words say what their kinds have to say, in three languages', () => {
  expect(faultsInUsual()).toEqual([])
})

it('what is wrong with them is told with the kind, the part and the language', () => {
  const { 'closing-due': closing } = usualTemplates
  const wrong = { ...closing, subject: { ...closing.subject, en: 'Please close {nummer} [{number}]' } }
  expect(faultsInUsual({ ...usualTemplates, 'closing-due': wrong })).toEqual([
    expect.stringMatching(/^closing-due · subject · en: there is no placeholder "\{nummer\}" here, perhaps "\{number\}"/),
    expect.stringMatching(/^closing-due · subject · en: "\[\{number\}\]" would lose its brackets/),
  ])
})
