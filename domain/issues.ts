import type { z } from 'zod'
import { fieldErrorCodes, type FieldError, type RejectionParams } from './rejection.ts'

/**
 * What is wrong with a value, as zod found it, in the terms of our rejections: where, which kind of fault, and what would
 * do. Parse with `reportInput: true`, else a missing value cannot be told from one of the wrong kind.
 */
export function classifyIssue(issue: z.core.$ZodIssue): FieldError {
  const path = pathText(issue.path)
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? { path, code: 'required' } : { path, code: 'wrong-kind', params: { expected: issue.expected } }
    case 'unrecognized_keys':
      return { path: pathText([...issue.path, issue.keys[0] ?? '']), code: 'unknown-field', params: { fields: issue.keys } }
    case 'invalid_value':
      return { path, code: 'not-a-choice', params: { choices: issue.values.map(String) } }
    case 'too_small':
      return {
        path,
        code: issue.origin === 'string' && issue.minimum === 1 ? 'required' : 'too-small',
        params: bound(issue.origin, issue.minimum),
      }
    case 'too_big':
      return issue.origin === 'string'
        ? { path, code: 'too-long', params: { limit: Number(issue.maximum) } }
        : { path, code: 'too-big', params: bound(issue.origin, issue.maximum) }
    case 'invalid_format':
      return { path, code: 'wrong-format', params: { expected: issue.format } }
    case 'custom': {
      // Our own checks carry their code as message.
      const code = fieldErrorCodes.find((candidate) => candidate === issue.message)
      return code ? { path, code } : { path, code: 'wrong-kind', params: { expected: issue.code } }
    }
    default:
      return { path, code: 'wrong-kind', params: { expected: issue.code } }
  }
}

/** `customer.phone`, `tags[1]`: how an error names a place in the input. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`),
    '',
  )
}

function bound(origin: string, limit: number | bigint): RejectionParams {
  return { origin, limit: Number(limit) }
}
