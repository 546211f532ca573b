import { stageLabel } from '../../domain/stages.ts'
import { ticketStages } from '../../domain/ticket-stages.ts'
import { setTimeout as wait } from 'node:timers/promises'
import type { Locale } from '../../domain/labels.ts'
import { ticketProcess } from '../../workflows/ticket/process.ts'
import type { Acted, TicketCommandInput, TicketCommandName } from '../../api/operations/commands.ts'
import type { Answer, Client } from '../client.ts'
import { namesOf, type Cast } from './cast.ts'
import type { Narrator } from './narrator.ts'
import type { Words } from './words.ts'

/** How the people of a story act on a ticket, and how that is told. */

export interface Stage {
  readonly cast: Cast
  readonly words: Words
  readonly narrator: Narrator
  readonly locale: Locale
  readonly time: Time
}

export interface Time {
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly sleep: (ms: number) => Promise<void>
}

export const realTime: Time = { now: () => Date.now(), sleep: (ms) => wait(ms) }

/** The product did something else than the story says. */
export class StoryError extends Error {
  override name = 'StoryError'
}

export type Story = ReturnType<typeof createStory>

/** What the scenes of one ticket share. */
export function createStory({ cast, words, narrator, locale, time }: Stage, number: string) {
  return {
    cast,
    words,
    narrator,
    locale,
    time,
    number,
    names: namesOf(cast),
    act,
    refused,
    told,
    label: (command: string) => commandLabel(command, locale),
  }

  async function act<N extends TicketCommandName>(who: Client, command: N, sentence: string, input: TicketCommandInput<N>): Promise<Acted> {
    narrator.scene(commandLabel(command, locale), sentence)
    const step = accepted(await who.act(number, command, input), words, commandLabel(command, locale))
    narrator.result(words.at(stageLabel(ticketStages, step.stage, locale), step.version))
    return step
  }

  /** Somebody tries what they may not, or what makes no sense, and is told why. */
  async function refused<N extends TicketCommandName>(
    who: Client,
    command: N,
    sentence: string,
    input: TicketCommandInput<N>,
  ): Promise<void> {
    narrator.scene(commandLabel(command, locale), sentence)
    told(await who.act(number, command, input))
  }

  function told(answer: Answer<Acted>): void {
    if (answer.ok) throw new StoryError(words.wentWrong(number, `version ${answer.value.version} should have been refused`))
    narrator.refusal(answer.refusal)
  }
}

/** @throws StoryError when it was refused */
export function accepted<T>(answer: Answer<T>, words: Words, what: string): T {
  if (answer.ok) return answer.value
  const { title, detail, errors } = answer.refusal
  throw new StoryError(
    words.wentWrong(
      what,
      [title, ...(errors.length === 0 ? [detail] : errors.map(({ path, message }) => `${path}: ${message}`))].join(' · '),
    ),
  )
}

/** A step is called what its command is called. */
export function commandLabel(command: string, locale: Locale): string {
  return ticketProcess.commands.find(({ name }) => name === command)?.labels[locale] ?? command
}
