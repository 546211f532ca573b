import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { dataPaths, readDataDir } from '../runtime/config.ts'
import { createClient, type Client } from './client.ts'
import type { Asking } from './commands/asking.ts'
import { readRunFile } from './launcher/run-file.ts'

/**
 * The way to the running product, by what was said on the command line.
 * @throws Error that says what to do when the product does not run, or nobody said whose rights to use
 */
export function clientFor({ api, token, lang }: Asking): Client {
  return createClient({ ...whereFor({ api, token }), locale: lang })
}

/** Where the product is asked, and by whose rights. @throws Error as {@link clientFor} */
export function whereFor({ api, token }: Pick<Asking, 'api' | 'token'>): { readonly api: string; readonly token: string } {
  const paths = dataPaths(readDataDir())
  const where = api ?? readRunFile(paths.run)?.api
  if (where === undefined)
    throw new Error('The product does not run on this data folder. Start it with: npm start, or say where it runs with --api.')
  const rights = token ?? demoToken(paths.demoTokens)
  if (rights === undefined)
    throw new Error('Say whose rights to use: --token, or BIHUAN_TOKEN. A token is made with: bihuan token create --person <id>')
  return { api: where, token: rights }
}

/** The same; undefined where no product is named and none runs, so that whoever can do without it may. */
export function whereIfRunning({ api, token }: Pick<Asking, 'api' | 'token'>): ReturnType<typeof whereFor> | undefined {
  return api === undefined && readRunFile(dataPaths(readDataDir()).run) === undefined ? undefined : whereFor({ api, token })
}

function demoToken(path: string): string | undefined {
  if (!existsSync(path)) return undefined
  const tokens = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')))
  return tokens['management'] ?? tokens['quality']
}
