import { expect, it } from 'vitest'
import { createBackground } from '../../../runtime/background.ts'
import { createLogger } from '../../../runtime/logging.ts'
import { alsoTrace, currentTrace, traced } from '../../../runtime/trace.ts'

it('each request has its own trace, however they interleave, and nothing has one outside', async () => {
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5))
  const seen = await Promise.all(
    ['one', 'two'].map((requestId) =>
      traced({ requestId }, async () => {
        await pause()
        alsoTrace({ actId: `act-${requestId}` })
        await pause()
        return currentTrace()
      }),
    ),
  )
  expect(seen).toEqual([
    { requestId: 'one', actId: 'act-one' },
    { requestId: 'two', actId: 'act-two' },
  ])
  alsoTrace({ number: 'nobody' })
  expect(currentTrace()).toEqual({})
})

it('log lines of a request carry its trace; what they say themselves counts more', () => {
  const lines: unknown[] = []
  const log = createLogger('api', 'info', { write: (line) => lines.push(JSON.parse(line)) })
  traced({ requestId: 'r', number: 'TS1' }, () => {
    log.info('first')
    log.info({ number: 'TS2' }, 'second')
  })
  log.info('third')
  expect(lines).toMatchObject([
    { msg: 'first', requestId: 'r', number: 'TS1' },
    { msg: 'second', requestId: 'r', number: 'TS2' },
    { msg: 'third' },
  ])
  expect(lines[2]).not.toHaveProperty('requestId')
})

it('work in the background belongs to the request it was begun for, its failure too, whoever makes room for it', async () => {
  const seen: unknown[] = []
  const background = createBackground(1, () => seen.push(currentTrace()))
  for (const requestId of ['one', 'two'])
    traced({ requestId }, () =>
      background.run(async () => {
        await Promise.resolve()
        seen.push(currentTrace())
        throw new Error('in vain')
      }),
    )
  await background.drain()
  expect(seen).toEqual([{ requestId: 'one' }, { requestId: 'one' }, { requestId: 'two' }, { requestId: 'two' }])
})
