import { describe, expect, it } from 'vitest'
import { registerSearchAttributes } from '../../../gateway/search-attributes.ts'
import { searchAttributes } from '../../../workflows/ticket/search-attributes.ts'

/** Servers that answer otherwise than the one we bring along. */

describe('registering search attributes', () => {
  it('where it is not permitted, none can be told, and an operator learns what to do', async () => {
    const { names, remedy } = await registerSearchAttributes(serverThat(refuses(7, 'Request unauthorized.')), 'desk', searchAttributes)
    expect(names).toEqual([])
    expect(remedy).toContain('namespace desk (Request unauthorized.)')
    expect(remedy).toContain('--name BihuanNextDue --type Datetime')
  })

  it('where the server cannot list them, one that exists already counts as registered', async () => {
    const { names, remedy } = await registerSearchAttributes(
      serverThat(refuses(12, 'unimplemented'), refuses(6, 'already exists')),
      'default',
      searchAttributes,
    )
    expect(names).toEqual(searchAttributes.map(({ name }) => name))
    expect(remedy).toBeUndefined()
  })

  it('a server that is away is no refusal', async () => {
    await expect(registerSearchAttributes(serverThat(refuses(14, 'away')), 'default', searchAttributes)).rejects.toThrow('away')
  })
})

type Server = Parameters<typeof registerSearchAttributes>[0]
type Answer = () => Promise<never>

function refuses(code: number, details: string): Answer {
  return () => Promise.reject(Object.assign(new Error(details), { code, details, metadata: {} }))
}

function serverThat(lists: Answer, adds: Answer = lists): Server {
  return { listSearchAttributes: lists, addSearchAttributes: adds }
}
