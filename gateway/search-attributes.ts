import type { SearchAttribute } from '../workflows/search-attribute.ts'
import { grpcCode, grpcCodeOf } from './grpc.ts'
import { own } from '../domain/own.ts'

type Definition = Pick<SearchAttribute<never, never>, 'name' | 'type'>

/** The part of Temporal's operator service that is needed here. */
export interface OperatorService {
  listSearchAttributes(request: { namespace: string }): Promise<{ readonly customAttributes?: Readonly<Record<string, unknown>> | null }>
  addSearchAttributes(request: { namespace: string; searchAttributes: Record<string, number> }): Promise<unknown>
}

export interface Registered {
  /** What can be told to this server from now on. */
  readonly names: readonly string[]
  /** What an operator has to do about the rest; undefined when nothing. */
  readonly remedy: string | undefined
}

/**
 * Makes search attributes known to a Temporal server, those that it does not have yet; doing it again changes nothing. One
 * that cannot be registered, or is there with another type, is left out and named in the remedy.
 * @throws when the server does not answer
 */
export async function registerSearchAttributes(
  server: OperatorService,
  namespace: string,
  definitions: readonly Definition[],
): Promise<Registered> {
  const there = await listed()
  const reasons: string[] = []
  const names: string[] = []
  for (const definition of definitions) {
    const type = there && own(there, definition.name)
    if (type === undefined ? await added(definition) : isOfType(definition, type)) names.push(definition.name)
  }
  const missing = definitions.filter(({ name }) => !names.includes(name))
  return { names, remedy: missing.length === 0 ? undefined : remedyFor(namespace, missing, reasons) }

  /** Undefined where the server cannot say, as one made for tests, or may not. */
  async function listed(): Promise<Readonly<Record<string, unknown>> | undefined> {
    try {
      return (await server.listSearchAttributes({ namespace })).customAttributes ?? {}
    } catch (error) {
      if (isRefusal(error)) return undefined
      throw error
    }
  }

  async function added({ name, type }: Definition): Promise<boolean> {
    try {
      await server.addSearchAttributes({
        namespace,
        searchAttributes: { [name]: types[type].indexed },
      })
      return true
    } catch (error) {
      if (grpcCodeOf(error) === grpcCode.alreadyExists) return true
      if (!isRefusal(error)) throw error
      reasons.push(error instanceof Error ? error.message : String(error))
      return false
    }
  }

  function isOfType(definition: Definition, type: unknown): boolean {
    if (type === types[definition.type].indexed) return true
    reasons.push(`${definition.name} is there with another type`)
    return false
  }
}

/** The server has answered, and will answer the same again: not allowed, full, or unknown to it. */
function isRefusal(error: unknown): boolean {
  const code = grpcCodeOf(error)
  return code !== undefined && refusals.has(code)
}

const refusals: ReadonlySet<number> = new Set([
  grpcCode.invalidArgument,
  grpcCode.permissionDenied,
  grpcCode.failedPrecondition,
  grpcCode.unimplemented,
  grpcCode.unauthenticated,
])

function remedyFor(namespace: string, missing: readonly Definition[], reasons: readonly string[]): string {
  const options = missing.map(({ name, type }) => `--name ${name} --type ${types[type].named}`).join(' ')
  return (
    `Temporal has no search attributes ${missing.map(({ name }) => name).join(', ')} in namespace ${namespace} (${[...new Set(reasons)].join('; ')}). ` +
    'Processes run as well without them, but cannot be found by them in the Temporal UI. ' +
    `Whoever may, makes them with: temporal operator search-attribute create --namespace ${namespace} ${options}`
  )
}

/** `IndexedValueType` of Temporal's API, and what its command line calls it. */
const types = {
  KEYWORD: { indexed: 2, named: 'Keyword' },
  BOOL: { indexed: 5, named: 'Bool' },
  DATETIME: { indexed: 6, named: 'Datetime' },
} as const satisfies Readonly<Record<Definition['type'], unknown>>
