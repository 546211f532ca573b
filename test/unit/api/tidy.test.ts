import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fittingWithRest } from '../../../api/http/input.ts'
import { tidied } from '../../../api/http/tidy.ts'
import { isOneLine } from '../../../domain/line.ts'
import { isForPeople } from '../../../workflows/process.ts'
import { ticketProcess } from '../../../workflows/ticket/process.ts'
import { registrationSchema } from '../../../api/operations/registration.ts'

describe('what is sent, as it is read', () => {
  const form = {
    title: ' 无法登录\r\nBcc: all@example.com ',
    description: '第一行\n第二行\u202e',
    keywords: ['登\n录', 'VPN\u2066'],
    customer: { name: '张\u2028三', company: '\u200b', phone: '\u202d138 1234 5678\u202c' },
    fields: { steps: '一\n二', note: '\u3164' },
  }

  it('S3, S5: names, titles and words stand in one line, texts keep theirs; nothing turns them round', () => {
    expect(tidied(form, registrationSchema)).toEqual({
      title: '无法登录 Bcc: all@example.com',
      description: '第一行\n第二行',
      keywords: ['登 录', 'VPN'],
      customer: { name: '张 三', company: '', phone: '138 1234 5678' },
      fields: { steps: '一\n二', note: '' },
    })
  })

  it('leaves everything else as it was sent', () => {
    const sent: unknown = JSON.parse('{"a": [1, null, {"__proto__": {"b": true}}], "constructor": 0.5}')
    expect(JSON.stringify(tidied(sent, z.unknown()))).toBe(JSON.stringify(sent))
  })

  it.each(ticketProcess.commands.filter(isForPeople))('$name: each of its words stands in one line', ({ input }) => {
    for (const { path, schema } of stringsIn(input)) expect([path, isOneLine(schema)]).toEqual([path, isWord(schema)])
  })

  it('a reason of which nothing is seen is none', async () => {
    const claim = ticketProcess.commands.find(({ name }) => name === 'withdraw')
    if (!claim) throw new Error('no such command')
    const fitted = (reason: string) => fittingWithRest(claim.input, { reason }, async () => [])
    await expect(fitted('\u200b\u2060')).rejects.toThrow('invalid-input')
    expect((await fitted('重复\u202e')).sent).toEqual({ reason: '重复' })
  })
})

/** What is shorter than a sentence. */
function isWord(schema: z.ZodString): boolean {
  return (schema.maxLength ?? Infinity) <= 254
}

interface Leaf {
  readonly path: string
  readonly schema: z.ZodString
}

/** Every text that an input can hold. */
function stringsIn(schema: unknown, path = ''): Leaf[] {
  if (schema instanceof z.ZodString) return [{ path, schema }]
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return stringsIn(schema.unwrap(), path)
  if (schema instanceof z.ZodArray) return stringsIn(schema.element, `${path}[]`)
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([key, part]) => stringsIn(part, `${path}.${key}`))
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option: unknown) => stringsIn(option, path))
  return []
}
