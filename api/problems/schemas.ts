import { z } from 'zod'
import { fieldErrorCodes, rejectionCodes } from '../../domain/rejection.ts'
import { apiFieldErrors, apiProblems, type ProblemCode } from '../messages/catalogue.ts'

/** How the OpenAPI document tells of refusals: their codes, their form and what each status means. */

/** Every reason a request can be refused for; `/problems/{code}` explains each. */
export const problemCodes: readonly ProblemCode[] = [
  ...new Set<ProblemCode>([
    ...rejectionCodes,
    ...Object.keys(apiProblems).filter((code): code is keyof typeof apiProblems => Object.hasOwn(apiProblems, code)),
  ]),
].toSorted()

/** Every fault a field can have; `/problems/invalid-input` explains each. */
export const fieldCodes = [...new Set([...fieldErrorCodes, ...apiFieldErrors])].toSorted()

const fieldErrorSchema = z
  .object({
    path: z.string().describe('Where: `classification.cause`, `tags[1]`, the name of a parameter or a header; empty for the whole'),
    line: z.int().min(1).optional().describe('Line of a document in YAML or JSON, from 1'),
    message: z.string().describe('What is wrong there and what would be right, in the language asked for'),
    code: z.enum(fieldCodes).meta({ id: 'FieldErrorCode', description: 'The kind of fault; `/problems/invalid-input` explains each' }),
  })
  .meta({ id: 'FieldError', description: 'One thing that is wrong with the input' })

export const problemSchema = z
  .looseObject({
    type: z
      .enum(problemCodes.map((code) => `/problems/${code}`))
      .meta({ id: 'ProblemType', description: 'The reason, and the address of a page that explains it' }),
    title: z.string().describe('The reason in a few words, in the language asked for'),
    status: z.int().min(400).max(599).describe('The status of the answer'),
    detail: z.string().describe('What was wrong and what to do, in the language asked for'),
    errors: z.array(fieldErrorSchema).max(100).describe('Each thing that is wrong with the input; empty for other problems'),
    requestId: z.string().describe('By which the administrator finds the request in the log'),
  })
  .meta({
    id: 'Problem',
    description:
      'RFC 9457 problem in the language of `Accept-Language`. The parameters of the reason, such as `holder`, `stage` or `roles`, are further members.',
  })

/** What each status of a refusal means. */
export const problemDescriptions = {
  400: 'Body or header cannot be read',
  401: 'No valid token',
  403: 'Not allowed',
  404: 'Not there, or not to be seen by this caller',
  409: 'Refused in the present state',
  412: '`If-Match` names another version',
  413: 'Body too large',
  415: 'Content type not read',
  422: 'Content not right; `errors` says where and why',
  429: 'Too many requests; try again after `Retry-After` seconds',
  500: 'A mistake of the service; the log has it under the request id',
  503: 'Database or workflow service away; try again with the same `Idempotency-Key`',
  504: 'Outcome unknown; ask again with the same `Idempotency-Key`',
} as const
