import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readExamples } from '../openapi/examples.ts'
import { openApiDocument } from '../openapi/document.ts'
import type { Context } from '../deps.ts'
import { processGroups } from '../operations/processes.ts'
import type { App } from './serving.ts'

/** The API's description for machines (/api/openapi.json) and for people (/docs). Nothing is fetched from another host. */
export function addDocs(app: App, { processes }: Pick<Context, 'processes'>): void {
  // Made once, when somebody first asks: by then every operation has added itself.
  let description: Promise<string> | undefined
  app.get('/api/openapi.json', async (c) => {
    description ??= openApiDocument(app.operations, readExamples(), processGroups(processes)).then((document) => JSON.stringify(document))
    return c.body(await description, 200, { 'Content-Type': 'application/json' })
  })
  app.get('/docs', (c) => {
    c.header('Content-Security-Policy', contentSecurity)
    return c.html(page)
  })
  for (const [name, type] of Object.entries(assets)) {
    app.get(`/docs/${name}`, async (c) => {
      const body = name === 'start.js' ? start : new Uint8Array(await readFile(join(swaggerUi, name)))
      return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=86400' })
    })
  }
}

const swaggerUi = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))

const assets = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'start.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
} as const

/** Swagger UI sets style attributes and draws its icons from data URLs; scripts come from our own files only. */
const contentSecurity = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const page = `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Bihuan 闭环 · API</title>
  <link rel="stylesheet" href="/docs/swagger-ui.css">
  <link rel="icon" type="image/png" href="/docs/favicon-32x32.png">
</head>
<body>
  <div id="docs"></div>
  <script src="/docs/swagger-ui-bundle.js"></script>
  <script src="/docs/start.js"></script>
</body>
</html>
`

const start = `SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  filter: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayOperationId: false,
  showExtensions: true,
  persistAuthorization: false,
  validatorUrl: null,
})
`
