import { randomBytes } from 'node:crypto'
import { defaultPayloadConverter, type Payload } from '@temporalio/common'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Secrets } from '../../../runtime/key.ts'
import { createDataConverter, createPayloadVault, PayloadError } from '../../../runtime/payload-codec.ts'
import { policyOf, ticketIn } from '../../support/tickets.ts'

const [old, fresh] = [randomBytes(32), randomBytes(32)]
const vaultOf = (keys: Secrets = [old], temporalNamespace = 'default') => createPayloadVault({ keys, temporalNamespace })
const vault = vaultOf()
const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value)
const hello = json({ text: '登录报 500' })

describe('a sealed payload', () => {
  it('opens as what it was, whatever it was', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 64 }), fc.uint8Array({ minLength: 900, maxLength: 5_000 }))
    const metadata = fc.option(fc.dictionary(fc.string({ minLength: 1 }), fc.uint8Array({ maxLength: 40 })), { nil: null })
    fc.assert(
      fc.property(
        bytes,
        metadata,
        fc.option(fc.string({ unit: 'grapheme', minLength: 1 }), { nil: undefined }),
        (data, given, workflow) => {
          fc.pre(given === null || given['encoding'] === undefined)
          const opened = vault.open(vault.seal({ data, metadata: given }, workflow), workflow)
          expect(plain(opened)).toEqual(plain({ data, metadata: given }))
        },
      ),
    )
  })

  it('shows nothing of what is in it, and looks different each time', () => {
    const [one, other] = [vault.seal(hello, 'TS1'), vault.seal(hello, 'TS1')]
    expect(Buffer.from(one.data ?? []).includes('登录')).toBe(false)
    expect(one.data).not.toEqual(other.data)
    expect(plain(one).metadata).toMatchObject({ encoding: 'binary/bihuan-sealed-v1', 'encryption-workflow-id': 'TS1' })
    expect(JSON.stringify(plain(one).metadata)).not.toContain('json/plain')
  })

  it('holds the values that converters make much of: nothing, the empty text, empty bytes', () => {
    for (const value of [undefined, null, '', [], {}, new Uint8Array()])
      expect(defaultPayloadConverter.fromPayload(vault.open(vault.seal(json(value), 'TS1'), 'TS1'))).toEqual(value)
  })

  it('holds the answer of a workflow that returns nothing, which comes from protobufjs as an empty array', () => {
    const nothing = Object.assign(json(undefined), { data: [] })
    expect(defaultPayloadConverter.fromPayload(vault.open(vault.seal(nothing, 'TS1'), 'TS1'))).toBeUndefined()
  })

  it('is bound to its workflow and its namespace', () => {
    const sealed = vault.seal(hello, 'TS1')
    expect(reason(() => vault.open(sealed, 'TS2'))).toBe('other-workflow')
    // Whoever copies it can change what it says of itself, but not what it was sealed for.
    const disguised = { ...sealed, metadata: { ...sealed.metadata, 'encryption-workflow-id': Buffer.from('TS2') } }
    for (const asked of ['TS2', undefined]) expect(reason(() => vault.open(disguised, asked))).toBe('tampered')
    expect(reason(() => vaultOf([old], 'other').open(sealed, 'TS1'))).toBe('tampered')
    // What belongs to no workflow cannot be slipped into one.
    expect(reason(() => vault.open(vault.seal(hello, undefined), 'TS1'))).toBe('other-workflow')
    const { 'encryption-workflow-id': _, ...unbound } = sealed.metadata ?? {}
    expect(reason(() => vault.open({ ...sealed, metadata: unbound }, undefined))).toBe('tampered')
  })

  it('opens without a workflow being asked for, by what stands in it: so the UI reads it', () => {
    expect(plain(vault.open(vault.seal(hello, 'TS1'), undefined))).toEqual(plain(hello))
  })

  it('does not open with a single bit changed, or cut short', () => {
    const sealed = vault.seal(hello, 'TS1')
    const data = Buffer.from(sealed.data ?? [])
    fc.assert(
      fc.property(fc.nat(data.length * 8 - 1), (bit) => {
        const changed = Buffer.from(data)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(reason(() => vault.open({ ...sealed, data: changed }, 'TS1'))).toBe('tampered')
      }),
    )
    for (const length of [0, 1, 12, 32])
      expect(reason(() => vault.open({ ...sealed, data: data.subarray(0, length) }, 'TS1'))).toBe('malformed')
    expect(reason(() => vault.open({ ...sealed, data: data.subarray(0, -1) }, 'TS1'))).toBe('tampered')
    expect(reason(() => vault.open({ metadata: { encoding: sealed.metadata?.['encoding'] ?? Buffer.of() }, data }, 'TS1'))).toBe(
      'malformed',
    )
  })

  it('opens by an older key, is sealed by the newest, and says which key is missing without telling the key', () => {
    const before = vault.seal(hello, 'TS1')
    const rotated = vaultOf([fresh, old])
    expect(plain(rotated.open(before, 'TS1'))).toEqual(plain(hello))
    const after = rotated.seal(hello, 'TS1')
    expect(plain(vaultOf([fresh]).open(after, 'TS1'))).toEqual(plain(hello))
    expect(reason(() => vault.open(after, 'TS1'))).toBe('unknown-key')
    const id = plain(after).metadata?.['encryption-key-id'] ?? ''
    expect(() => vault.open(after, 'TS1')).toThrow(`BIHUAN_KEY does not hold (any more); add it behind the others: ${id}`)
  })

  it('leaves alone what was never sealed: tickets from before, and what Temporal writes itself', () => {
    expect(vault.open(hello, 'TS1')).toBe(hello)
    expect(vault.open({}, 'TS1')).toEqual({})
  })

  it('is small: the policy of a ticket shrinks to a third', () => {
    const start = json({ id: 'TS1', policy: policyOf(), state: ticketIn('handling').state })
    expect(vault.seal(start, 'TS1').data?.length).toBeLessThan((start.data?.length ?? 0) / 2.5)
    const short = json({ text: 'x' })
    expect(vault.seal(short, 'TS1').data?.length).toBe((short.data?.length ?? 0) + 12 + 16 + 5 + '{"encoding":"json/plain"}'.length)
  })
})

describe('the codec', () => {
  const [codec] = createDataConverter({ keys: [old], temporalNamespace: 'default' }).payloadCodecs ?? []
  if (!codec) throw new Error('no codec')
  const of = (workflowId: string) => ({ type: 'workflow', namespace: 'default', workflowId }) as const

  it('takes several payloads at once, or none, and keeps their order', async () => {
    const payloads = [json(1), json('two'), json(undefined)]
    const sealed = await codec.encode(payloads, of('TS1'))
    expect((await codec.decode(sealed, of('TS1'))).map(plain)).toEqual(payloads.map(plain))
    expect(await codec.encode([], of('TS1'))).toEqual([])
  })

  it("binds an activity's payloads to its workflow", async () => {
    const sealed = await codec.encode([hello], {
      type: 'activity',
      namespace: 'default',
      workflowId: 'TS1',
      activityId: '1',
      isLocal: false,
    })
    expect((await codec.decode(sealed, of('TS1'))).map(plain)).toEqual([plain(hello)])
    await expect(codec.decode(sealed, of('TS2'))).rejects.toThrow(PayloadError)
  })
})

/** Bytes as text, to compare and to read in a failure. */
function plain({ metadata, data }: Payload) {
  return {
    metadata:
      metadata && Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value).toString('latin1')])),
    data: Buffer.from(data ?? []).toString('latin1'),
  }
}

function reason(open: () => unknown): string {
  try {
    open()
  } catch (error) {
    if (error instanceof PayloadError) return error.reason
    throw error
  }
  return 'it opened'
}
