import { z } from 'zod'
import { memberOf } from '../../domain/document/loose.ts'
import { nearest } from '../../domain/document/nearest.ts'
import { keysAt, partOf, schemaAt } from '../../domain/document/shape.ts'
import { classifyIssue, pathText } from '../../domain/issues.ts'
import { fieldErrorCodes, type RejectionParams } from '../../domain/rejection.ts'
import { apiFieldErrors, formats, kinds, type Format, type Kind } from '../messages/catalogue.ts'
import type { InputError } from '../messages/render.ts'
import { mostErrors } from '../problems/problem.ts'

/**
 * What is wrong with an input, as zod found it, one error a field: each unknown field by name, a union by its most nearly
 * fitting form. As many as are told. Parse with `reportInput: true`.
 */
export function inputErrors(issues: readonly z.core.$ZodIssue[], schema: z.ZodType): InputError[] {
  const errors: InputError[] = []
  for (const issue of issues) {
    errors.push(...errorsOf(issue, schema))
    if (errors.length >= mostErrors) break
  }
  // A field of another name is one mistake: that the one that was meant is missing is not told beside it.
  const meant = new Set(errors.flatMap(({ path, params }) => (params?.['nearest'] === undefined ? [] : [besides(path, params['nearest'])])))
  return errors.filter(({ path, code }) => !(code === 'required' && meant.has(path))).slice(0, mostErrors)
}

/** The path of another member of the same object. */
function besides(path: string, name: RejectionParams[string]): string {
  return `${path.slice(0, path.lastIndexOf('.') + 1)}${String(name)}`
}

function errorsOf(issue: z.core.$ZodIssue, schema: z.ZodType): InputError[] {
  const path = pathText(issue.path)
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path)
      // Nobody means to give a field a second time.
      const free = known.filter((name) => memberOf(issue.input, name) === undefined)
      return issue.keys.slice(0, mostErrors).map((key) => {
        const meant = nearest(key, free)
        return { path: pathText([...issue.path, key]), code: 'unknown-field', params: meant === undefined ? { known } : { nearest: meant } }
      })
    }
    case 'invalid_union': {
      // The form that fits best is the one that was meant: fewest faults, and those deepest inside.
      const [best] = issue.errors.toSorted((a, b) => a.length - b.length || depth(b) - depth(a))
      return best && best.length > 0
        ? best.flatMap((inner) => errorsOf(within(issue, inner), schema))
        : [{ path, code: 'wrong-format', params: { expected: unnamed } }]
    }
    case 'invalid_key':
    case 'invalid_element':
      return issue.issues.flatMap((inner) => errorsOf(within(issue, inner), schema))
    case 'invalid_format':
      // Our own patterns carry their name as message.
      return [
        issue.format === 'regex' ? { path, code: 'wrong-format', params: { expected: formatNamed(issue.message) } } : classifyIssue(issue),
      ]
    case 'custom': {
      const format = formatNamed(issue.message)
      if (format !== unnamed) return [{ path, code: 'wrong-format', params: { expected: format } }]
      const code = [...apiFieldErrors, ...fieldErrorCodes].find((candidate) => candidate === issue.message)
      return [code ? { path, code } : { path, code: 'other', params: { message: issue.message } }]
    }
    default:
      return [withChoice(classifyIssue(issue), issue, schema)]
  }
}

/** Whoever sends nothing in a field hears, too, whether it may be left out. */
function withChoice(error: InputError, { path }: z.core.$ZodIssue, schema: z.ZodType): InputError {
  if (error.code !== 'required') return error
  const member = partOf(schemaAt(schema, path.slice(0, -1)), path.at(-1) ?? '')
  const mayBeLeftOut = member instanceof z.ZodType && member.safeParse(undefined).success
  return mayBeLeftOut ? { ...error, params: { ...error.params, field: 'optional' } } : error
}

/** No sentence of a validator reaches people: a pattern that has no name is one that the document describes. */
function formatNamed(message: string): Format | Kind {
  return [...formats, ...kinds].find((candidate) => candidate === message) ?? unnamed
}

const unnamed: Format = 'regex'

function within(outer: z.core.$ZodIssue, inner: z.core.$ZodIssue): z.core.$ZodIssue {
  return { ...inner, path: [...outer.path, ...inner.path] }
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length))
}
