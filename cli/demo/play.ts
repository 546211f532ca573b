import type { Locale } from '../../domain/labels.ts'
import { dataPaths, readDataDir } from '../../runtime/config.ts'
import { shippedProfiles } from '../../runtime/shipped-profiles.ts'
import { own } from '../../domain/own.ts'
import { readRunFile } from '../launcher/run-file.ts'
import { realTime, type Stage } from './acting.ts'
import { assemble, namesOf, type Cast } from './cast.ts'
import { tellFastStory, type FastStage } from './fast-story.ts'
import { fastWordsIn } from './words/every-fast.ts'
import { mailFolder } from './mail-folder.ts'
import { createNarrator, standardOutput } from './narrator.ts'
import { stories } from './stories/index.ts'
import type { Names, Words } from './words.ts'
import { wordsIn } from './words/every.ts'

export interface PlayOptions {
  readonly locale: Locale
  /** With targets of seconds, so that promises break while one looks on. */
  readonly fast: boolean
  /** Whose case is played. */
  readonly profile: string
}

/**
 * Plays the demo against the product that runs on the data folder, and says where to look at what it did.
 * @throws Error that says what to do when the product does not run, and why when a step goes wrong
 */
export async function playDemo({ locale, fast, profile }: PlayOptions): Promise<void> {
  const words = wordsIn[locale]
  const story = own(stories, profile)
  if (!story) throw new Error(words.noStory(profile, Object.keys(stories)))
  const dataDir = readDataDir()
  const paths = dataPaths(dataDir)
  const running = readRunFile(paths.run)
  if (!running) throw new Error(words.notRunning(dataDir))
  const cast = await assemble(running.api, paths.demoTokens, locale)
  if (!cast) throw new Error(words.noPeople(paths.demoTokens))

  const narrator = createNarrator(standardOutput())
  const stage = { cast, words, narrator, locale, time: realTime }
  const { title, subtitle } = fast ? fastWordsIn[locale] : story.heading(locale)
  narrator.title(title, subtitle)
  narrator.facts(people(cast, words, fast ? ['customer', 'agent', 'engineer', 'tester'] : story.parts))
  const number = fast ? await tellFastStory({ ...stage, ...(await fastParts(locale, paths.mail)) }) : await story.tell(stage)

  const ticket = new URL(`/api/tickets/${number}`, running.api).href
  // The namespace is in the address; the launcher takes it from the same environment as we do.
  const namespace = process.env['TEMPORAL_NAMESPACE'] || 'default'
  narrator.heading(`✓ ${words.end.done} · ${number}`)
  narrator.facts([
    [words.end.ticket, ticket],
    [words.end.record, `${ticket}/events`],
    [
      words.end.temporal,
      running.temporalUi === null ? words.end.noUi : `${running.temporalUi}/namespaces/${namespace}/workflows/${number}`,
    ],
    [words.end.docs, new URL('/docs', running.api).href],
    [words.end.token, `${paths.demoTokens} · Authorization: Bearer …`],
    ...(fast ? [] : [[words.end.more, words.end.fast] as const]),
  ])
}

async function fastParts(locale: Locale, mail: string): Promise<Omit<FastStage, keyof Stage>> {
  const base = (await shippedProfiles()).find(({ content }) => content.id === 'tech-support')?.content
  if (!base) throw new Error('The profile tech-support does not ship with this product.')
  return { fast: fastWordsIn[locale], base, mails: mailFolder(mail), mailFolder: mail }
}

type Part = keyof Names

function people(cast: Cast, words: Words, parts: readonly Part[]): [string, string][] {
  const names = namesOf(cast)
  // Where one person plays two parts, the first is named.
  return parts
    .filter((part, at) => parts.findIndex((earlier) => names[earlier] === names[part]) === at)
    .map((part) => [words.roles[part], names[part]])
}
