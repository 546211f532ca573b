import { describe, expect, it } from 'vitest'
import { parseOrganisation, type Organisation, type Records } from '../../../domain/organisation.ts'

const nobody: Records = { people: [], teams: [] }
const nightShift = { id: 'night-shift', lead: null, supervisor: null, departmentHead: null }

function organisation(text: string): Organisation {
  const parsed = parseOrganisation(text, nobody)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.value
}

function faultsOf(text: string, records = nobody) {
  const parsed = parseOrganisation(text, records)
  return parsed.ok ? [] : parsed.errors
}

describe('a document of teams and people', () => {
  it('says of each what the records hold, with what is left out as it is for most', () => {
    const text = `
teams:
  - { id: desk, labels: { zh-CN: 客服台, zh-TW: 客服台, en: Desk }, lead: li.na }
people:
  - { id: li.na, name: 李娜, roles: [agent], teams: [desk] }`
    expect(organisation(text)).toEqual({
      teams: [
        { id: 'desk', labels: { 'zh-CN': '客服台', 'zh-TW': '客服台', en: 'Desk' }, lead: 'li.na', supervisor: null, departmentHead: null },
      ],
      people: [{ id: 'li.na', name: '李娜', email: null, roles: ['agent'], active: true, teams: ['desk'], skills: [] }],
    })
  })

  it('with a character that cannot be stored is refused; nothing of a name is left out', () => {
    for (const name of ['"李\\0娜"', '"李\\ud83d娜"'])
      expect(faultsOf(`people:\n  - { id: li.na, name: ${name}, roles: [agent] }`)).toMatchObject([
        { path: 'people[0].name', line: 2, reason: expect.stringContaining('cannot be stored') },
      ])
  })

  it('is refused line by line', () => {
    const text = `
people:
  - { id: li.na, name: 李娜, roles: [agnt] }
  - { id: li.na, name: 赵敏, roles: [agent], emial: zhao@example.com }
  - { id: system, name: 王强, roles: [] }`
    const faults = faultsOf(text)
    expect(faults.map(({ line, path }) => `${line ?? ''} ${path}`)).toEqual([
      '3 people[0].roles[0]',
      '4 people[1].emial',
      '4 people[1].id',
      '5 people[2].id',
      '5 people[2].roles',
    ])
    expect(faults[3]?.reason).toBe(
      '"system" is no id for a person; use letters, digits, dots, underscores and hyphens, such as li.na; system is the product itself',
    )
  })

  it('may name whom the records know, and nobody else; a mistyped id is one fault, told beside the others', () => {
    const text = `
teams: [{ id: desk, labels: { zh-CN: 台, zh-TW: 台, en: Desk }, supervisor: sun.lei }]
people:
  - { id: li.na, name: 李娜, roles: [agent], teams: [desk, night-shift] }
  - { id: zhao.min, name: 赵敏, roles: [agent], teams: [night-shift] }`
    expect(faultsOf(text)).toEqual([
      { path: 'teams[0].supervisor', line: 2, reason: 'there is nobody with the id "sun.lei"; add them under people' },
      {
        path: 'people[0].teams[1]',
        line: 4,
        reason: 'there is no team with the id "night-shift"; add it under teams (and 1 more like it)',
      },
    ])
    expect(faultsOf(text.replace('zh-TW: 台', 'zh-TW: ""')).map(({ path }) => path)).toEqual([
      'teams[0].labels.zh-TW',
      'teams[0].supervisor',
      'people[0].teams[1]',
    ])
    expect(faultsOf(text, { people: [{ id: 'sun.lei', roles: ['supervisor'] }], teams: [nightShift] })).toEqual([])
  })

  it('gives customers no place among colleagues, whether it or the records know them as such', () => {
    const text = `
teams: [{ id: desk, labels: { zh-CN: 台, zh-TW: 台, en: Desk }, lead: he.jun, supervisor: kunde, departmentHead: both }]
people:
  - { id: he.jun, name: 何俊, roles: [customer], teams: [desk] }
  - { id: both, name: 钱同, roles: [supervisor, customer], teams: [desk] }`
    expect(faultsOf(text, { people: [{ id: 'kunde', roles: ['customer'] }], teams: [] })).toEqual([
      { path: 'teams[0].lead', line: 2, reason: '"he.jun" is a customer; name somebody who works here' },
      { path: 'teams[0].supervisor', line: 2, reason: '"kunde" is a customer; name somebody who works here' },
      { path: 'people[0].teams', line: 4, reason: '"he.jun" is a customer, and customers belong to no team; leave the teams out' },
    ])
  })

  it('makes nobody a customer who still leads a team that it does not speak of', () => {
    const text = 'people: [{ id: sun.lei, name: 孙蕾, roles: [customer] }]'
    const records: Records = { people: [{ id: 'sun.lei', roles: ['supervisor'] }], teams: [{ ...nightShift, supervisor: 'sun.lei' }] }
    expect(faultsOf(text, records)).toEqual([
      {
        path: 'people[0].roles',
        line: 1,
        reason:
          '"sun.lei" still leads the team "night-shift" and cannot be a customer only; name somebody else there, or keep a role of staff',
      },
    ])
    const named = `teams: [{ id: night-shift, labels: { zh-CN: 夜, zh-TW: 夜, en: Night } }]\n${text}`
    expect(faultsOf(named, records)).toEqual([])
  })
})
