import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { basesIn } from '../../../domain/derivation/documents.ts'
import { openDocument } from '../../../domain/document/open.ts'
import { parseProfile } from '../../../domain/profile/load.ts'
import { wholeProfile } from '../../../domain/profile/shown.ts'

const bases = basesIn(['base', 'tech-support', 'standard-ticket'].map((id) => ({ text: readFileSync(`profiles/${id}.yaml`, 'utf8') })))
const hotel = readFileSync('docs/examples/hotel.yaml', 'utf8')

function shown(text: string, why: boolean): string {
  const opened = openDocument(text)
  const parsed = parseProfile(text, { bases })
  if (!opened.ok || !parsed.ok) throw new Error(JSON.stringify(parsed))
  return wholeProfile({ opened, ref: parsed.profile }, bases, why)
}

describe('X9: a profile is shown with all that it extends', () => {
  it.each([
    ['the hotel', hotel],
    ['tech-support', readFileSync('profiles/tech-support.yaml', 'utf8')],
    [
      'one that extends tech-support',
      hotel
        .replace('extends: base@3', 'extends: tech-support')
        .replace('stages:\n  - { id: intake, leftOut: true }\n  - { id: triage, leftOut: true }\n', '')
        .replace('  - planKinds.setting\n', '')
        .replace('  - classification.causes.wrong-setting\n', '')
        .replace('  - waitingFor.supplier\n', ''),
    ],
  ])('X9: %s: what is shown is what is installed, with and without its sources', (_, text) => {
    const whole = parseProfile(shown(text, false))
    expect(whole).toEqual({ ...parseProfile(text, { bases }), base: null })
    expect(parse(shown(text, true))).toEqual(parse(shown(text, false)))
  })

  it('X9: each part says from which line of which document it comes', () => {
    const base = readFileSync('profiles/base.yaml', 'utf8').split('\n')
    const lines = shown(hotel, true).split('\n')
    const whences = lines.flatMap((line) =>
      [...line.matchAll(/(\S.*)?# (base@3|hotel@1):(\d+)$/g)].map(([, part = '', from, at]) => ({ part, from, at: Number(at) })),
    )
    expect(whences.length).toBeGreaterThan(100)
    for (const { part, from, at } of whences) {
      const [word] = /[a-z][\w-]+(?=:|,)/i.exec(part) ?? []
      const there = (from === 'base@3' ? base : hotel.split('\n'))[at - 1] ?? ''
      // The line begins the part: it has its key, or the first word of the thing.
      if (word !== undefined && !part.startsWith('[')) expect(`${at}: ${there}`, part).toContain(word)
    }
    expect(lines).toContain('    label: { zh-CN: 紧急, zh-TW: 緊急, en: Urgent } # base@3:17')
    expect(lines.some((line) => line.includes('urgent: PT3M'))).toBe(true)
  })

  it('X9: of what is only named by its id the lines of the base, and what was taken away with the line that says so', () => {
    const text = hotel.replace(/^clocks:\n/m, 'clocks:\n  - { id: wait-limit }\n')
    const lines = shown(text, true).split('\n')
    const base = readFileSync('profiles/base.yaml', 'utf8').split('\n')
    const [, at = ''] = /base@3:(\d+)/.exec(lines.find((_, nth) => lines[nth + 1]?.includes('id: wait-limit')) ?? '') ?? []
    expect(base[Number(at) - 1]).toContain('id: wait-limit')
    const removals = [...text.matchAll(/^ {2}- ([a-z][\w.-]+)$/gm)].flatMap(([, path = '']) =>
      text.indexOf('remove:') < text.indexOf(`- ${path}`) ? [path] : [],
    )
    expect(removals.length).toBeGreaterThan(0)
    for (const path of removals)
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^# (?:已移除|removed) ${path.replaceAll('.', '\\.')} \\(.*:\\d+\\)$`)))
  })
})
