import { methodNotAllowed } from 'hono/method-not-allowed'
import { requestId } from 'hono/request-id'
import { secureHeaders } from 'hono/secure-headers'
import { traced } from '../runtime/trace.ts'
import { signIn } from './access/sign-in.ts'
import { limitedBody } from './http/body-limit.ts'
import { knownHost } from './http/known-host.ts'
import { createContactLookup } from './contacts/lookup.ts'
import type { Context, Deps } from './deps.ts'
import { createLimits } from './access/daily-limits.ts'
import { localeOf } from './http/locale.ts'
import { createOnce } from './http/idempotency.ts'
import { App } from './routes/serving.ts'
import { createProfileReader } from '../processes/policies.ts'
import { problem } from './problems/problem.ts'
import { answerProblem, troubleOf } from './problems/answer.ts'
import { createQuestions } from './batches.ts'
import { requestFigures } from './http/request-figures.ts'
import { requestLog } from './http/request-log.ts'
import { createStarts } from '../gateway/workflow-starts.ts'
import { addAssessments } from './routes/assessments.ts'
import { addAbsences } from './routes/absences.ts'
import { addCustomers } from './routes/customers.ts'
import { addCalendars } from './routes/calendars.ts'
import { addCodec, addCodecCors } from './routes/codec.ts'
import { addDocs } from './routes/docs.ts'
import { addFigures } from './routes/figures.ts'
import { addReportSchedules } from './routes/report-schedules.ts'
import { addReports } from './routes/reports.ts'
import { addHandOver } from './routes/hand-over.ts'
import { addHealth } from './routes/health.ts'
import { createDrawing } from './routes/drawing.ts'
import { addMetrics } from './routes/metrics.ts'
import { addNotices } from './routes/notices.ts'
import { addPeople } from './routes/people.ts'
import { addProblemPages } from './routes/problems.ts'
import { addProcesses } from './routes/processes.ts'
import { addProfiles } from './routes/profiles.ts'
import { addReviews } from './routes/reviews.ts'
import { addSamples } from './routes/samples.ts'
import { addRequests } from './routes/requests.ts'
import { addCommands, unknownCommand } from './routes/commands.ts'
import { addTemplates } from './routes/templates.ts'
import { addTicketReads } from './routes/ticket-reads.ts'
import { addTickets } from './routes/tickets.ts'
import { addTokens } from './routes/tokens.ts'
import { addMilestones } from './routes/milestones.ts'
import { addWork } from './routes/work.ts'

/**
 * The HTTP API. Needs no socket: `app.request('/api/tickets', …)` is a conversation with it. `settled` resolves when
 * what goes on after answers has ended.
 */
export function createApp(deps: Deps): { readonly app: App; readonly settled: () => Promise<void>; readonly stop: () => Promise<void> } {
  const profileOf = createProfileReader(deps.db)
  const starts = createStarts({ ...deps, profileOf }, (err) =>
    deps.log.warn({ err }, 'a process is not started yet; its first command or the sweeper will start it'),
  )
  const context: Context = {
    ...deps,
    ...createQuestions(deps),
    once: createOnce(deps),
    limits: createLimits(deps),
    starts,
    profileOf,
    drawing: createDrawing(deps.log),
    lookUp: createContactLookup(deps),
  }
  const app = new App()

  app.onError((error, c) => answerProblem(c, troubleOf(error, deps.log), deps))
  app.notFound((c) => answerProblem(c, unknownCommand(c, deps.processes) ?? problem('unknown-route', { path: c.req.path }), deps))
  app.use(requestId({ limitLength: longestRequestId }))
  app.use((c, next) => traced({ requestId: c.get('requestId') }, next))
  app.use(requestFigures())
  app.use(requestLog(deps.log, deps.clock))
  app.use(async (c, next) => {
    c.set('locale', localeOf(c.req.header('accept-language')))
    await next()
    // What is told to one caller is for that caller, in that language.
    c.res.headers.append('Vary', 'Accept-Language')
    if (c.req.path.startsWith('/api/') && !c.res.headers.has('Content-Language')) c.res.headers.set('Content-Language', c.get('locale'))
    if (!c.res.headers.has('Cache-Control')) c.res.headers.set('Cache-Control', 'no-store')
  })
  if (deps.hosts) app.use(knownHost(deps.hosts))
  app.use(secureHeaders({ contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] }, overwrite: false }))
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: async (c, methods) => {
        const answer = await answerProblem(c, problem('method-not-allowed', { method: c.req.method, path: c.req.path, methods }), deps)
        answer.headers.set('Allow', methods.join(', '))
        return answer
      },
    }),
  )
  app.use(limitedBody())

  addHealth(app, context)
  addMetrics(app, context)
  addDocs(app, context)
  addProblemPages(app, context)
  addCodecCors(app, context)
  app.use('/api/*', signIn(deps))
  addTickets(app, context)
  addTicketReads(app, context)
  addCustomers(app, context)
  addProcesses(app, context)
  addCommands(app, context)
  addWork(app, context)
  addMilestones(app, context)
  addPeople(app, context)
  addAbsences(app, context)
  addHandOver(app, context)
  addFigures(app, context)
  addAssessments(app, context)
  addReports(app, context)
  addReviews(app, context)
  addSamples(app, context)
  addReportSchedules(app, context)
  addProfiles(app, context)
  addCalendars(app, context)
  addNotices(app, context)
  addTemplates(app, context)
  addRequests(app, context)
  addTokens(app, context)
  addCodec(app, context)
  return { app, settled: () => starts.settled(), stop: () => starts.stop() }
}

/** Room for what proxies and tracing systems make, and for nothing more; letters, digits, `_`, `-` and `=` only, or another is made. */
const longestRequestId = 128
