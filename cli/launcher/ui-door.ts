import { randomInt } from 'node:crypto'
import { Agent, createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import { isOneOf, loopbackNames } from '../../runtime/host-names.ts'
import { httpUrl } from '../../runtime/ports.ts'

/** Where the Temporal UI that comes along listens. */
export type UiPlace = { host: string; port: number }

/**
 * The door to that UI: it lets in who asks for this machine by its own names, and nobody else. The UI itself answers whatever
 * Host it is asked for, and shows everything in clear, so a page on the web whose name leads here could read it.
 */
export async function openUiDoor(port: number, ui: UiPlace): Promise<{ readonly url: string; close(): Promise<void> }> {
  const agent = new Agent({ keepAlive: true })
  const server = createServer((request, response) => {
    if (isOneOf(loopbackNames, request.headers.host)) passOn(request, response, ui, agent)
    else say(response, 421, 'The Temporal UI is for this machine alone: open it as 127.0.0.1 or localhost.')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return {
    url: httpUrl('127.0.0.1', port),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
        agent.destroy()
      }),
  }
}

/**
 * A host for the UI behind the door that no page can guess: on Linux all of 127.0.0.0/8 is this machine. Elsewhere only
 * 127.0.0.1 is, and the free port is all that has to be guessed.
 */
export function hiddenHost(platform: NodeJS.Platform = process.platform): string {
  return platform === 'linux' ? ['127', randomInt(1, 255), randomInt(256), randomInt(1, 255)].join('.') : '127.0.0.1'
}

function passOn(request: IncomingMessage, response: ServerResponse, { host, port }: UiPlace, agent: Agent): void {
  const { method, url, headers } = request
  const passed = ask({ agent, host, port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
    answer.once('error', () => response.destroy())
  })
  passed.once('error', () => {
    if (response.headersSent) response.destroy()
    else say(response, 502, 'The Temporal UI does not answer just now. It comes back with Temporal: try again in some seconds.')
  })
  response.once('close', () => passed.destroy())
  request.pipe(passed)
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}
