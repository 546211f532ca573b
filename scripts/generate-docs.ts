import { processes } from '../processes/index.ts'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { commandsPage } from './commands-page.ts'
import { figuresPage } from './figures-page.ts'
import { noticesPage } from './notices-page.ts'
import { profilePage } from './profile-page.ts'
import { shownIn } from './shown.ts'
import { processPages } from './process-pages/index.ts'
import { profileSchemaFile } from './profile-schema.ts'
import { shippedProfiles } from '../runtime/shipped-profiles.ts'

/** Writes the pages of docs/ that are made from the code. A test fails when they are stale. */
writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsPage(processes))
const notices = new URL('../docs/notices.md', import.meta.url)
writeFileSync(notices, noticesPage(readFileSync(notices, 'utf8')))
const figures = new URL('../docs/figures.md', import.meta.url)
writeFileSync(figures, figuresPage(readFileSync(figures, 'utf8'), processes))
writeFileSync(new URL('../docs/profile.schema.json', import.meta.url), profileSchemaFile())
const root = new URL('../', import.meta.url)
const reference = new URL('docs/profile.md', root)
writeFileSync(reference, profilePage(readFileSync(reference, 'utf8'), root))
for (const name of ['profile-recipes', 'profile-tutorial']) {
  const page = new URL(`docs/${name}.md`, root)
  writeFileSync(page, await shownIn(readFileSync(page, 'utf8'), root))
}
const requirements = readFileSync(new URL('docs/requirements.md', root), 'utf8')
mkdirSync(new URL('docs/processes/', root), { recursive: true })
for (const [name, page] of processPages(
  (await shippedProfiles()).map(({ content }) => content),
  requirements,
  root,
))
  writeFileSync(new URL(`docs/processes/${name}`, root), page)
