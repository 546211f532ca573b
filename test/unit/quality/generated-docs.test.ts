import { processes } from '../../../processes/index.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { commandsPage } from '../../../scripts/commands-page.ts'
import { figuresPage } from '../../../scripts/figures-page.ts'
import { noticesPage } from '../../../scripts/notices-page.ts'
import { processPages } from '../../../scripts/process-pages/index.ts'
import { beginningOf, stepsOf } from '../../../scripts/process-pages/path.ts'
import { shippedProfiles } from '../../../runtime/shipped-profiles.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { profileSchemaFile } from '../../../scripts/profile-schema.ts'
import { profilePage } from '../../../scripts/profile-page.ts'
import { shownIn } from '../../../scripts/shown.ts'
import { memberOf } from '../../../domain/document/loose.ts'
import { fieldKinds } from '../../../domain/profile/fields.ts'
import { writtenSchema } from '../../../domain/profile/written.ts'

const root = pathToFileURL(`${process.cwd()}/`)

describe('docs/commands.md', () => {
  it('is what the command definitions say (else: npm run docs:generate)', () => {
    expect(readFileSync('docs/commands.md', 'utf8')).toBe(commandsPage(processes))
  })
})

describe('docs/notices.md', () => {
  it('has the kinds, placeholders and causes of the code (else: npm run docs:generate)', () => {
    const page = readFileSync('docs/notices.md', 'utf8')
    expect(noticesPage(page)).toBe(page)
    expect(page).toContain('`ticket-submitted`')
  })
})

describe('docs/profile.md', () => {
  it('X12: has every key of the schema, with its meaning, form, default and an example (else: npm run docs:generate)', () => {
    const page = readFileSync('docs/profile.md', 'utf8')
    expect(profilePage(page, root)).toBe(page)
    for (const key of Object.keys(writtenSchema.shape)) expect(page).toMatch(new RegExp(`### \`${key}\`\n\n.+\n\n\`\`\`yaml\n${key}:`))
    for (const kind of fieldKinds) expect(readFileSync('docs/profiles.md', 'utf8')).toContain(`| \`${kind}\` |`)
  })
})

describe.each(['docs/profile-recipes.md', 'docs/profile-tutorial.md'])('%s', (path) => {
  it('X12: shows files as they are, and what the product says of them (else: npm run docs:generate)', async () => {
    const page = readFileSync(path, 'utf8')
    expect(await shownIn(page, root)).toBe(page)
  })
})

describe('docs/figures.md', () => {
  it('defines every figure as the code counts it (else: npm run docs:generate)', () => {
    const page = readFileSync('docs/figures.md', 'utf8')
    expect(figuresPage(page, processes)).toBe(page)
    for (const { id, definition } of processes.flatMap((host) => host.figures ?? [])) {
      expect(page).toContain(`### \`${id}\``)
      expect(page).toContain(definition['zh-CN'])
    }
  })
})

describe('docs/processes', () => {
  it('has a page for each shipped profile, as the profile and the names of the tests say (else: npm run docs:generate)', async () => {
    const profiles = (await shippedProfiles()).map(({ content }) => content)
    const pages = processPages(profiles, readFileSync('docs/requirements.md', 'utf8'), root)
    for (const [name, page] of pages) expect(readFileSync(`docs/processes/${name}`, 'utf8'), name).toBe(page)
    expect(readdirSync('docs/processes').toSorted()).toEqual([...pages.keys()].toSorted())
  })

  it('draws no act where it is not allowed, and every stage that a ticket passes', async () => {
    for (const { content } of await shippedProfiles()) {
      const steps = stepsOf(content)
      for (const { from, act } of steps)
        if (act !== null) expect(ticketProcess.commands.find(({ name }) => name === act)?.stages, `${content.id} ${act}`).toContain(from)
      const reached = new Set(steps.map(({ to }) => to))
      for (const { from } of steps) expect(from === beginningOf(content) || reached.has(from), `${content.id} ${from}`).toBe(true)
    }
  })
})

describe('docs/profile.schema.json', () => {
  const schema = readFileSync('docs/profile.schema.json', 'utf8')
  // One may say `$schema` in the text itself by a comment only: it is no key of a profile.
  const takes = new Ajv({ strict: false, allErrors: true }).compile(z.record(z.string(), z.unknown()).parse(JSON.parse(schema)))
  const yaml = (path: string) => z.record(z.string(), z.unknown()).parse(parse(readFileSync(path, 'utf8')))
  const whole = yaml('test/unit/profiles/whole/tech-support.yaml')

  it('is made of the schema (else: npm run docs:generate)', () => {
    expect(schema).toBe(profileSchemaFile())
  })

  const documents = ['profiles', 'docs/examples', 'docs/recipes', 'test/unit/profiles/whole'].flatMap((folder) =>
    readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [`${folder}/${name}`] : [])),
  )
  // Parts to copy from, stories and calendars are no profiles.
  const profiles = documents.filter((path) => memberOf(parse(readFileSync(path, 'utf8')), 'version') !== undefined)

  it.each(profiles)('X9: takes %s', (path) => {
    takes(yaml(path))
    expect(takes.errors).toBe(null)
  })

  it('X9: refuses what is mistyped, and of what stands for itself what is missing', () => {
    expect(takes({ ...whole, closingReprot: true })).toBe(false)
    expect(takes({ ...whole, clocks: undefined })).toBe(false)
    expect(takes({ ...whole, clocks: [{ id: 'start', within: 'PT1H' }] })).toBe(false)
    expect(takes({ ...yaml('docs/examples/hotel.yaml'), clocks: [{ id: 'start', within: 'PT1H' }] })).toBe(true)
    expect(takes({ ...yaml('docs/examples/hotel.yaml'), clocks: [{ within: 'PT1H' }] })).toBe(false)
    expect(takes({ ...yaml('docs/examples/hotel.yaml'), clocks: [{ id: 'start', wihtin: 'PT1H' }] })).toBe(false)
    expect(takes({ ...yaml('docs/examples/hotel.yaml'), remove: 'clocks' })).toBe(false)
  })
})
