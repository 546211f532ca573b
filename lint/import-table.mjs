import { dirname, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Who may import whom (the table of folders in docs/architecture.md). A rule of our own, because the linter's
 * `no-restricted-imports` has no lists of what is allowed that could stand beside exceptions for types.
 *
 * A row speaks of the files it names; the first that fits counts. `packages` says which packages, `ours` which of our
 * own files: the first that fits says `any` import or only of `types`; what fits none may not be imported at all.
 */
const table = [
  row(/^domain\/(?:customer\.ts$|contact\/)/, {
    packages: only('zod', 'libphonenumber-js/max'),
    ours: { 'domain/': 'any' },
    why: 'the domain is pure',
  }),
  row('domain/', {
    packages: only('zod', 'luxon', 'yaml'),
    ours: { 'domain/customer.ts': 'types', 'domain/contact/': 'types', 'domain/': 'any' },
    why: 'the domain is pure',
  }),
  row(/^workflows\/(?:shell\/|index\.ts$|.*\.workflow\.ts$)/, {
    packages: only('@temporalio/workflow', '@temporalio/common', 'zod'),
    ours: { ...tooLarge(), 'domain/': 'any', 'workflows/': 'any', 'activities/': 'types' },
    why: 'the workflow sandbox has @temporalio/workflow and /common, zod, processes and the domain; activities are called through a proxy',
  }),
  row('workflows/', {
    packages: only('zod'),
    ours: { ...tooLarge(), ...sandboxed(), 'domain/': 'any', 'workflows/': 'any' },
    why: 'a process is pure: only workflows/shell and *.workflow.ts know Temporal',
  }),
  row('db/', {
    packages: except('@temporalio/', 'hono', '@hono/'),
    ours: { 'domain/': 'any', 'runtime/': 'any', 'db/': 'any', 'workflows/': 'types' },
    why: 'the database knows the domain, runtime and what processes look like, neither Temporal nor HTTP',
  }),
  row('activities/', {
    packages: except('@temporalio/client', '@temporalio/worker', '@temporalio/workflow', 'hono', '@hono/'),
    ours: { ...processes(), 'gateway/': 'any', 'activities/': 'any' },
    why: 'activities know the domain, processes, db, runtime and the gateway',
  }),
  row('processes/hosting.ts', {
    packages: (_, typesOnly) => typesOnly,
    ours: { '': 'types' },
    why: 'operations read it, and bring nothing along: it imports nothing but types',
  }),
  row('processes/', {
    packages: except('@temporalio/', 'hono', '@hono/'),
    ours: processes(),
    why: 'what the world must know of a process is made of the domain, processes, db and runtime, without Temporal and HTTP',
  }),
  row('gateway/', {
    packages: except('@temporalio/worker', '@temporalio/workflow', '@temporalio/activity', 'hono', '@hono/'),
    ours: { ...processes(), 'gateway/': 'any' },
    why: 'the gateway speaks with Temporal from outside a workflow, for the API and the worker alike: it knows neither of them',
  }),
  row('api/operations/', {
    packages: only('zod'),
    ours: {
      'domain/': 'any',
      ...sandboxed(),
      'workflows/': 'any',
      // Which itself imports nothing but types.
      'processes/hosting.ts': 'any',
      'processes/': 'types',
      ...{ 'api/http/query.ts': 'any', 'api/http/paging.ts': 'any', 'api/http/limits.ts': 'any', 'api/access/roles.ts': 'any' },
      ...{ 'api/openapi/operation.ts': 'any', 'api/openapi/names.ts': 'any', 'api/views/': 'any', 'api/operations/': 'any' },
      // What is asked of a rehearsal, which brings along nothing that carries it out.
      'rehearsal/asked.ts': 'any',
    },
    why: 'an operation says what is sent and answered, and whoever calls the API reads it: it brings along nothing that serves it',
  }),
  ...rooms('messages', 'problems', 'http', 'access', 'openapi', 'views', 'operations', 'contacts', 'commands', 'registration', 'routes'),
  row('api/', {
    packages: except('@temporalio/'),
    ours: { ...processes(), 'gateway/': 'any', 'api/': 'any' },
    why: 'the API knows the domain, processes, db, runtime and the gateway, which alone talks to Temporal',
  }),
  row('worker/', {
    packages: except('@temporalio/workflow'),
    ours: { 'test/': 'none', 'api/': 'none', '': 'any' },
    why: 'workflow code runs in the workflow sandbox only, and a worker needs nothing of the API',
  }),
  row('runtime/', {
    packages: except('@temporalio/workflow', 'hono', '@hono/'),
    ours: { 'domain/': 'any', 'runtime/': 'any' },
    why: 'runtime brings up servers and connections; it knows neither processes nor HTTP',
  }),
  row('delivery/', {
    packages: except('@temporalio/', 'hono', '@hono/'),
    ours: { 'domain/': 'any', 'runtime/': 'any', 'db/': 'any', 'processes/': 'any', 'delivery/': 'any', 'workflows/': 'types' },
    why: 'delivery knows the domain, db, runtime and the processes of which notices tell, neither Temporal nor HTTP',
  }),
  row('rehearsal/', {
    packages: only('zod', 'luxon'),
    ours: {
      'domain/customer.ts': 'types',
      'domain/contact/': 'types',
      'domain/': 'any',
      ...sandboxed(),
      'workflows/': 'any',
      'processes/': 'types',
      ...{ 'delivery/letter.ts': 'any', 'delivery/mail.ts': 'any', 'delivery/way.ts': 'any', 'rehearsal/': 'any' },
    },
    why: 'a rehearsal is pure: processes, and the words and ways of delivery, neither rows nor servers',
  }),
  row('reports/', {
    packages: (name) => name.startsWith('node:') || ['luxon', 'hono/html', 'hono/utils/html'].includes(name),
    ours: { ...tooLarge(), 'domain/': 'any', 'runtime/': 'any', 'reports/': 'any' },
    why: 'a report is drawn from its model alone: whoever draws it knows neither rows nor processes',
  }),
  row(/^bench\/.*\.workflow\.ts$/, {
    packages: only('@temporalio/workflow'),
    ours: {},
    why: 'the workflows that ours are compared with are bare',
  }),
  row(/^(?:cli|bench)\//, {
    packages: except('@temporalio/workflow'),
    ours: { 'test/': 'none', '': 'any' },
    why: 'workflow code runs in the workflow sandbox only, and the product does not import its tests',
  }),
]

/** Contacts do not belong into histories, and the world's numbering plans and a YAML parser not into the workflow bundle. */
function tooLarge() {
  return {
    'domain/customer.ts': 'types',
    'domain/contact/': 'types',
    'domain/document/open.ts': 'types',
    'domain/document/judge.ts': 'types',
    'domain/document/read.ts': 'types',
    'domain/derivation/': 'types',
    'domain/differences/': 'types',
    'domain/profile/load.ts': 'types',
    'domain/profile/shown.ts': 'types',
    'domain/calendar/load.ts': 'types',
  }
}

/** What only runs inside a workflow; others import the process' definitions. */
function sandboxed() {
  return { 'workflows/index.ts': 'types', 'workflows/shell/run-process.ts': 'types', '*.workflow.ts': 'types' }
}

/** The registry, and whatever it is made of. */
function processes() {
  return { ...sandboxed(), 'domain/': 'any', 'workflows/': 'any', 'db/': 'any', 'runtime/': 'any', 'processes/': 'any' }
}

/** The rooms of the API, each of which knows those before it, and of the whole what a request is carried out with. */
function rooms(...names) {
  return names.map((name, at) =>
    row(`api/${name}/`, {
      packages: except('@temporalio/'),
      ours: {
        ...processes(),
        'gateway/': 'any',
        // What a notice would say is asked of delivery, and how a report looks of who draws it: neither is worked out again.
        ...(name === 'routes' && { 'delivery/preview.ts': 'any', 'reports/': 'any' }),
        // A rehearsal is told in the words of the API, be it asked for by the API or on a terminal.
        ...(['views', 'routes'].includes(name) && { 'rehearsal/': 'any' }),
        ...Object.fromEntries(names.slice(0, at + 1).map((other) => [`api/${other}/`, 'any'])),
        ...{ 'api/http/env.ts': 'types', 'api/deps.ts': 'types', 'api/batches.ts': 'types' },
      },
      why: `of the rooms of the API ${name}/ knows ${at === 0 ? 'none' : `those that stand before it: ${names.slice(0, at).join(', ')}`}`,
    }),
  )
}

function row(files, { packages, ours, why }) {
  return {
    covers: typeof files === 'string' ? (file) => file.startsWith(files) : (file) => files.test(file),
    packages,
    ours: Object.entries(ours),
    why,
  }
}

function only(...names) {
  return (name) => names.includes(name)
}

function except(...names) {
  return (name) => !names.some((other) => name === other || name.startsWith(other.endsWith('/') ? other : `${other}/`))
}

function allows({ packages, ours }, file, source, typesOnly) {
  if (!source.startsWith('.')) return packages(source, typesOnly)
  const target = relative(root, resolve(root, dirname(file), source))
    .split(sep)
    .join('/')
  const [, kinds] = ours.find(([place]) => (place.startsWith('*') ? target.endsWith(place.slice(1)) : target.startsWith(place))) ?? []
  return kinds === 'any' || (kinds === 'types' && typesOnly)
}

const root = dirname(dirname(fileURLToPath(import.meta.url)))

export const importTable = {
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/')
    const fitting = table.find(({ covers }) => covers(file))
    if (!fitting) return {}

    function check(node, source, typesOnly) {
      if (typeof source?.value !== 'string' || allows(fitting, file, source.value, typesOnly)) return
      context.report({ node, message: `${file} may not import ${typesOnly ? 'types of ' : ''}${source.value}: ${fitting.why}` })
    }
    return {
      ImportDeclaration: (node) => check(node, node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node, node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node, node.source, false),
      TSImportType: (node) => check(node, node.source, true),
    }
  },
}
