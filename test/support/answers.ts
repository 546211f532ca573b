import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { parsedDocument, type ApiDocument, type Documented, type DocumentedOperation } from './api-document.ts'

/** Whether what the API answers is what its OpenAPI document says: the status, the headers, and the body with no member more. */
export interface AnswerCheck {
  /** Throws when an answer is not as it is described. */
  (request: { readonly method: string; readonly path: string }, answer: Response): Promise<void>
}

export async function answerCheckOf(app: Documented): Promise<AnswerCheck> {
  const text = await (await app.request('/api/openapi.json')).text()
  const check = checks.get(text) ?? createAnswerCheck(parsedDocument(text))
  checks.set(text, check)
  return check
}

/** By the document. Files that run in one process have the same, and compiling its schemas takes longer than most of their tests. */
const checks = new Map<string, AnswerCheck>()

function createAnswerCheck(document: ApiDocument): AnswerCheck {
  const faultsAt = createFaultFinder(document)
  // An address that is written out goes before one that fits many.
  const templates = Object.entries(document.paths).toSorted(([one], [other]) => one.split('{').length - other.split('{').length)
  const routes = templates.map(([template, methods]) => ({ template, form: formOf(template), methods }))

  return async ({ method, path }, answer) => {
    const { pathname } = new URL(path, 'http://api')
    if (!pathname.startsWith('/api/') || pathname === '/api/openapi.json' || method === 'OPTIONS') return
    const route = routes.find(({ form }) => form.test(pathname))
    const operation = route?.methods[(method === 'HEAD' ? 'get' : method).toLowerCase()]
    const said = `${method} ${pathname} answered ${answer.status}`
    const [type = ''] = (answer.headers.get('content-type') ?? '').split(';')
    const pointer = operation === undefined ? undefined : describedAt(operation, route?.template ?? '', method, answer, type, said)
    const text = method === 'HEAD' ? '' : await answer.clone().text()
    if (text === '' || !type.endsWith('json')) return
    const faults = faultsAt(pointer ?? '#/components/schemas/Problem', JSON.parse(text))
    if (faults !== null) throw new Error(`${said}, but not as described: ${faults}\n${text.slice(0, 2_000)}`)
  }

  /** Where the document describes the body of an answer; undefined for one without. Its status and headers must be described too. */
  function describedAt(
    { responses }: DocumentedOperation,
    template: string,
    method: string,
    answer: Response,
    type: string,
    said: string,
  ): string | undefined {
    const status = String(answer.status)
    const given = responses[status]
    if (given === undefined) throw new Error(`${said}, a status that its operation does not describe`)
    const shared = given.$ref?.replace('#/components/responses/', '')
    const described = shared === undefined ? given : document.components.responses[shared]
    for (const name of Object.keys(document.components.headers)) {
      const isSent = answer.headers.has(name)
      const isDescribed = described?.headers?.[name] !== undefined
      if (isSent && !isDescribed) throw new Error(`${said} with the header ${name}, which its operation does not describe`)
      if (!isSent && isDescribed && !sometimes.includes(name)) throw new Error(`${said} without the header ${name}`)
    }
    if (answer.status === 304) return undefined
    if (described?.content?.[type] === undefined) throw new Error(`${said} with ${type}, which its operation does not describe`)
    const place =
      shared === undefined ? ['paths', template, method.toLowerCase(), 'responses', status] : ['components', 'responses', shared]
    return `#/${[...place, 'content', type, 'schema'].map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
  }
}

/** What is wrong with a value by the schema at a place of the document, with no member more than described; null: nothing. */
export function createFaultFinder(document: ApiDocument): (pointer: string, value: unknown) => string | null {
  const ajv = new Ajv2020({ strict: false, allErrors: true, discriminator: true })
  formats.default(ajv)
  ajv.addSchema(closed(document), 'api')
  const validators = new Map<string, ValidateFunction>()
  return (pointer, value) => {
    const validate = validators.get(pointer) ?? ajv.compile({ $ref: `api${pointer}` })
    validators.set(pointer, validate)
    return validate(value) ? null : ajv.errorsText(validate.errors)
  }
}

/** Headers that an answer of the same kind may have or not. */
const sometimes = ['Idempotency-Replayed', 'Idempotency-Key']

function formOf(template: string): RegExp {
  return new RegExp(`^${template.replaceAll(/[.*+?^$()|[\]\\]/g, String.raw`\$&`).replaceAll(/\{\w+\}/g, '[^/]+')}$`)
}

/** The document without the freedom it keeps for later versions: today an answer has the members it describes, and no others. */
function closed(node: unknown): object {
  const copied = copy(node)
  if (typeof copied !== 'object' || copied === null) throw new Error('there is no document')
  return copied
}

function copy(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(copy)
  if (typeof node !== 'object' || node === null) return node
  const members = Object.fromEntries(Object.entries(node).map(([key, value]: [string, unknown]) => [key, copy(value)] as const))
  // The validator finds the schemas of the values by itself, and takes no list of them.
  if ('propertyName' in node && 'mapping' in node) return { propertyName: node.propertyName }
  const isOpen = 'properties' in node && 'type' in node && !('additionalProperties' in node)
  return isOpen ? { ...members, additionalProperties: false } : members
}
