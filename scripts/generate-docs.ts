import { writeFileSync } from 'node:fs'
import { commandsPage } from './commands-page.ts'

/** Writes the pages of docs/ that are made from the code. A test fails when they are stale. */
writeFileSync(new URL('../docs/commands.md', import.meta.url), commandsPage())
