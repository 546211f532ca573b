import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Locale } from '../../domain/labels.ts'
import type { Role } from '../../domain/people.ts'
import type { AnswerOf } from '../../api/openapi/operation.ts'
import { readMe } from '../../api/operations/work.ts'
import { createClient, type Client } from '../client.ts'
import type { Names } from './words.ts'

/** Somebody of the story: who they are, and their way to the product. */
export type Player = Client & { readonly who: Pick<AnswerOf<typeof readMe>, 'id' | 'name'> }
/** Who plays the story, and who prepares it. */
export type Cast = Readonly<Record<keyof Names | 'admin', Player>>

/** The role whose token each part of the story is played with. One token a role: the engineer's rival is the supervisor. */
const tokensFor: Readonly<Record<keyof Cast, Role>> = {
  customer: 'customer',
  agent: 'agent',
  engineer: 'engineer',
  colleague: 'supervisor',
  supervisor: 'supervisor',
  tester: 'quality',
  admin: 'admin',
}

const tokensFile = z.record(z.string(), z.string())

/** The people of the story, each signed in with the token that the tokens file has for them; undefined when there is no such file. */
export async function assemble(api: string, tokensPath: string, locale: Locale): Promise<Cast | undefined> {
  const tokens = demoTokensIn(tokensPath)
  if (!tokens) return undefined
  const player = async (part: keyof Cast): Promise<Player> => {
    const token = tokens[tokensFor[part]]
    if (token === undefined)
      throw new Error(`${tokensPath} has no token for ${tokensFor[part]}. Delete the file and start again: new ones are made.`)
    const client = createClient({ api, token, locale })
    return { ...client, who: await client.read(readMe) }
  }
  const [customer, agent, engineer, colleague, supervisor, tester, admin] = await Promise.all([
    player('customer'),
    player('agent'),
    player('engineer'),
    player('colleague'),
    player('supervisor'),
    player('tester'),
    player('admin'),
  ])
  return { customer, agent, engineer, colleague, supervisor, tester, admin }
}

/** A token for each role; undefined when there is no such file. */
export function demoTokensIn(path: string): Readonly<Record<string, string>> | undefined {
  return existsSync(path) ? tokensFile.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined
}

export function namesOf(cast: Cast): Names {
  const { customer, agent, engineer, colleague, supervisor, tester } = cast
  return {
    customer: customer.who.name,
    agent: agent.who.name,
    engineer: engineer.who.name,
    colleague: colleague.who.name,
    supervisor: supervisor.who.name,
    tester: tester.who.name,
  }
}
