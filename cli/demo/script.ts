import { randomUUID } from 'node:crypto'
import { readProfile } from '../../api/operations/profiles.ts'
import type { registerTicket } from '../../api/operations/tickets.ts'
import type { TicketCommandInput, TicketCommandName } from '../../api/operations/commands.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Labels } from '../../domain/labels.ts'
import { stageLabel } from '../../domain/stages.ts'
import { ticketStages } from '../../domain/ticket-stages.ts'
import type { SentTo } from '../client.ts'
import { accepted, createStory, type Stage, type Story } from './acting.ts'
import { namesOf, type Cast } from './cast.ts'
import { showOutlook, showPromises } from './promises.ts'
import type { Names } from './words.ts'

/** A case of a profile as a list of scenes, each with its sentence in every language. */
export interface Script {
  readonly title: Labels
  readonly subtitle: Labels
  /** Who appears, in the order in which they are introduced. */
  readonly parts: readonly (keyof Names)[]
  readonly registration: {
    readonly by: keyof Names
    readonly tells: Labels
    readonly form: (telling: Telling) => Omit<SentTo<typeof registerTicket>, 'profile'>
  }
  readonly scenes: readonly Scene[]
}

export type Scene = (story: Story) => Promise<void>

/** What the inputs of a scene are made of. */
export interface Telling {
  /** A text in the language of the story. */
  readonly say: (text: Labels) => string
  /** Id of whoever plays a part. */
  readonly id: (part: keyof Names) => string
  /** So many hours from now. */
  readonly inHours: (hours: number) => string
}

/** Somebody acts. The sentence names people by their parts, as in `{agent}`. */
export function does<N extends TicketCommandName>(
  by: keyof Names,
  command: N,
  tells: Labels,
  input: (telling: Telling) => TicketCommandInput<N>,
): Scene {
  return async (story) => {
    await story.act(story.cast[by], command, sentence(story, tells), input(tellingOf(story)))
  }
}

/** Somebody tries what they may not, or what makes no sense yet, and is told why. */
export function mayNot<N extends TicketCommandName>(
  by: keyof Names,
  command: N,
  tells: Labels,
  input: (telling: Telling) => TicketCommandInput<N>,
): Scene {
  return (story) => story.refused(story.cast[by], command, sentence(story, tells), input(tellingOf(story)))
}

/**
 * Plays a script on a ticket of the profile, and shows what became of its promises; gives the ticket's number.
 * @throws StoryError when an act is refused that should not be, or the other way round; ApiError when the product is away
 */
export async function tellScript(stage: Stage, profile: string, { registration, scenes }: Script): Promise<string> {
  const { cast, words, narrator, locale, time } = stage
  narrator.scene(words.registration, sentence(stage, registration.tells))
  const form = { ...registration.form(tellingOf(stage)), profile }
  const registered = accepted(await cast[registration.by].register(form, randomUUID()), words, words.registration)
  const { number } = registered
  narrator.result(`${number} · ${words.at(stageLabel(ticketStages, registered.stage, locale), registered.version)}`)
  narrator.speech(registered.tell)
  const story = createStory(stage, number)
  for (const scene of scenes) await scene(story)
  const zone = await zoneOf(cast, profile)
  const reading = { client: cast.agent, number, zone, now: time.now(), narrator, words: words.promises, locale }
  await showPromises(reading)
  await showOutlook(reading)
  return number
}

/** The zone in which a profile tells times. */
export async function zoneOf(cast: Cast, profile: string): Promise<string> {
  const read = await cast.agent.read(readProfile, { params: { id: profile } })
  if ('template' in read) throw new Error(`No ticket runs by ${profile}: it is a template.`)
  return read.zone
}

function sentence({ cast, locale }: Pick<Stage, 'cast' | 'locale'>, tells: Labels): string {
  return Object.entries<string>({ ...namesOf(cast) }).reduce((text, [part, name]) => text.replaceAll(`{${part}}`, name), tells[locale])
}

function tellingOf({ cast, locale, time }: Pick<Stage, 'cast' | 'locale' | 'time'>): Telling {
  return {
    say: (text) => text[locale],
    id: (part) => cast[part].who.id,
    inHours: (hours) => instantOf(time.now() + hours * 3_600_000),
  }
}
