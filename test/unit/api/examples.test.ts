import { beforeAll, describe, expect, it } from 'vitest'
import { readExamples } from '../../../api/openapi/examples.ts'
import { createFaultFinder } from '../../support/answers.ts'
import { apiDocument, type ApiDocument } from '../../support/api-document.ts'

/** The examples in the OpenAPI document are what its schemas say; test/integration/examples.test.ts holds the conversation they are from. */

let document: ApiDocument
let faultsAt: ReturnType<typeof createFaultFinder>
beforeAll(async () => {
  document = await apiDocument()
  faultsAt = createFaultFinder(document)
})

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, at: ['paths', path, method] })),
  )

/** Told with every example that does not fit. */
const playAnew = 'play the operation in test/integration/examples.test.ts, then `npm run examples:record`'

function pointer(...parts: readonly (string | number)[]): string {
  return `#/${parts.map((part) => encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`
}

describe('examples', () => {
  it('are there for every operation, and for no other', () => {
    expect(Object.keys(readExamples()).toSorted(), playAnew).toEqual(
      operations()
        .map(({ operationId }) => operationId)
        .toSorted(),
    )
  })

  it('show an answer that its schema describes, with no member more', () => {
    for (const { operationId, responses, at } of operations()) {
      const status = responses['200'] ? '200' : '201'
      const example = responses[status]?.content?.['application/json']?.['example']
      expect(example, `${operationId}: ${playAnew}`).toBeDefined()
      expect(
        faultsAt(pointer(...at, 'responses', status, 'content', 'application/json', 'schema'), example),
        `${operationId}: ${playAnew}`,
      ).toBeNull()
    }
  })

  it('show a request that its schema describes', () => {
    const faults = operations().flatMap(({ operationId, requestBody, parameters, at }) => {
      const shown = Object.entries(requestBody?.content ?? {}).filter(([, media]) => 'example' in media || 'examples' in media)
      const inBody = shown.map(([type, { example }]) => ({ example, schema: [...at, 'requestBody', 'content', type, 'schema'] }))
      const inPlaces = parameters.map(({ example, required, name }, index) =>
        required && example === undefined ? name : { example, schema: [...at, 'parameters', index, 'schema'] },
      )
      return [
        ...(requestBody && shown.length !== 1 ? [`${operationId} has no body shown`] : []),
        ...[...inBody, ...inPlaces].flatMap((place) => {
          if (typeof place === 'string') return [`${operationId} does not show ${place}`]
          const fault = place.example === undefined ? null : faultsAt(pointer(...place.schema), place.example)
          return fault === null ? [] : [`${operationId}: ${fault}`]
        }),
      ]
    })
    expect(faults, playAnew).toEqual([])
  })

  it('show nobody a token', () => {
    expect(JSON.stringify(readExamples())).not.toMatch(/bihuan_[\w-]{20,}/)
  })
})
