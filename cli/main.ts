import { Command } from 'commander'
import { hasCode } from '../runtime/error-code.ts'
import { productVersion } from '../runtime/version.ts'
import { apiCommand } from './commands/api.ts'
import { assignmentsCommand } from './commands/assignments.ts'
import { assessmentCommand } from './commands/assessment.ts'
import { bundleCommand } from './commands/bundle.ts'
import { calendarCommand } from './commands/calendar.ts'
import { demoCommand } from './commands/demo.ts'
import { figuresCommand } from './commands/figures.ts'
import { reportCommand } from './commands/report.ts'
import { migrateCommand } from './commands/migrate.ts'
import { peopleCommand } from './commands/people.ts'
import { profileCommand } from './commands/profile.ts'
import { restartWorkflowsCommand } from './commands/restart-workflows.ts'
import { startCommand } from './commands/start.ts'
import { tokenCommand } from './commands/token.ts'
import { workerCommand } from './commands/worker.ts'
import { explain } from './errors.ts'

/** Each command imports what it runs only when it runs, so that help and small commands answer at once. */
const program = new Command('bihuan')
  .description('Bihuan 闭环: ticketing in which no promise made to a customer is forgotten')
  .version(productVersion)
  .showHelpAfterError()
  .addCommand(startCommand())
  .addCommand(apiCommand())
  .addCommand(workerCommand())
  .addCommand(migrateCommand())
  .addCommand(restartWorkflowsCommand())
  .addCommand(bundleCommand())
  .addCommand(peopleCommand())
  .addCommand(tokenCommand())
  .addCommand(profileCommand())
  .addCommand(calendarCommand())
  .addCommand(assignmentsCommand())
  .addCommand(figuresCommand())
  .addCommand(reportCommand())
  .addCommand(assessmentCommand())
  .addCommand(demoCommand())

// Whoever reads has seen enough, as `head` does; what was to be done is done all the same.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (!hasCode(error, 'EPIPE')) throw error
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}
