import { processes } from '../processes/index.ts'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { commandsPage } from './commands-page.ts'
import { figuresPage } from './figures-page.ts'
import { noticesPage } from './notices-page.ts'
import { profilesPage, shippedExamples } from './profiles-page.ts'
import { processPages } from './process-pages/index.ts'
import { profileSchemaFile } from './profile-schema.ts'
import { shippedProfiles } from '../runtime/shipped-profiles.ts'

/** Writes the pages of docs/ that are made from the code. A test fails when they are stale. */
writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsPage(processes))
const notices = new URL('../docs/notices.md', import.meta.url)
writeFileSync(notices, noticesPage(readFileSync(notices, 'utf8')))
const profiles = new URL('../docs/profiles.md', import.meta.url)
writeFileSync(profiles, profilesPage(readFileSync(profiles, 'utf8'), shippedExamples()))
const figures = new URL('../docs/figures.md', import.meta.url)
writeFileSync(figures, figuresPage(readFileSync(figures, 'utf8'), processes))
writeFileSync(new URL('../docs/profile.schema.json', import.meta.url), profileSchemaFile())
const root = new URL('../', import.meta.url)
const requirements = readFileSync(new URL('docs/requirements.md', root), 'utf8')
mkdirSync(new URL('docs/processes/', root), { recursive: true })
for (const [name, page] of processPages(
  (await shippedProfiles()).map(({ content }) => content),
  requirements,
  root,
))
  writeFileSync(new URL(`docs/processes/${name}`, root), page)
