import { get } from 'node:http'

/** The status of the answer to a GET whose Host header says `host`, wherever it goes: what a page under that name would get. */
export function statusAskedAs(host: string, url: string | URL): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { Host: host }, agent: false }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    }).once('error', reject)
  })
}

/** Hosts that a page on the web can be asked for by, though it leads to this machine. */
export const reboundHosts = ['rebound.example', 'rebound.example:3000', '127.0.0.1.rebound.example', '0.0.0.0', 'localhost.']
