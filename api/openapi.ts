/** Head of the OpenAPI document; the operations add themselves (operation.ts). */
export const apiDescription = {
  openapi: '3.1.0',
  info: {
    title: 'Bihuan 闭环',
    version: '0.1.0',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    description: [
      'Customer-support ticketing in which every ticket is a durable workflow, so that no promise made to a customer is forgotten.',
      '',
      '**Signing in.** `Authorization: Bearer <token>`.',
      '',
      '**Repeating safely.** Send an `Idempotency-Key` with every POST: the same key gives the same answer and takes effect once, also after a 503 or 504. A refused request does not use its key up.',
      '',
      '**Acting on what you saw.** `ETag` is the version of a ticket; with `If-Match` an act is refused (412) when somebody was faster.',
      '',
      '**When something is wrong.** Every error is `application/problem+json` (RFC 9457) in the language of `Accept-Language` (zh-CN, zh-TW, en): what was wrong, where (`errors[]` with `path` and `message`) and what to do.',
      '',
      '**Instants** are ISO 8601 in UTC; input may have any offset but must have one.',
    ].join('\n'),
  },
  tags: [
    { name: 'Tickets', description: 'Registering, finding and reading tickets' },
    { name: 'Steps', description: 'Every act on a ticket, one operation each' },
    { name: 'Work', description: 'What waits for whom' },
    { name: 'People', description: 'People, teams, absences, handing over' },
    { name: 'Profiles', description: 'The process as a versioned document' },
    { name: 'Requests', description: 'What became of a POST' },
    { name: 'Service', description: 'Whether the service works' },
  ],
}
