import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { expect, it } from 'vitest'
import { freePort } from '../../../runtime/ports.ts'

it('the wished port is given while it is free, another one while it is not', async () => {
  const port = await freePort(0)
  expect(await freePort(port)).toBe(port)
  const server = createServer()
  await once(server.listen(port, '127.0.0.1'), 'listening')
  try {
    expect(await freePort(port)).not.toBe(port)
  } finally {
    server.close()
  }
})

it.runIf(process.platform === 'linux')('a free port is remembered until somebody listens on it', async () => {
  const port = await freePort(0)
  const local = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const timeWait = '06'
  const states = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .flatMap(([, address, , state]) => (address === local ? [state] : []))
  expect(states).toEqual([timeWait])
})

it('a port is found free while the clients of who listened there call again and again', async () => {
  const port = await freePort(0)
  let over = false
  const calling = Array.from({ length: 6 }, async () => {
    while (!over) {
      const caller = connect(port, '127.0.0.1').resume()
      caller.on('error', () => undefined)
      await new Promise((resolve) => caller.once('close', resolve))
    }
  })
  try {
    for (let round = 0; round < 60; round += 1) expect(await freePort(port)).toBeGreaterThan(0)
  } finally {
    over = true
    await Promise.all(calling)
  }
})
