import type { Locale } from '../../../domain/labels.ts'
import type { Stage } from '../acting.ts'
import { tellScript, type Script } from '../script.ts'
import { tellStory } from '../story.ts'
import type { Names } from '../words.ts'
import { wordsIn } from '../words/every.ts'
import { internetCompany } from './internet-company.ts'
import { qmsService } from './qms-service.ts'
import { standardTicket } from './standard-ticket.ts'

/** What `bihuan demo` plays of a profile. */
export interface DemoStory {
  readonly heading: (locale: Locale) => { readonly title: string; readonly subtitle: string }
  readonly parts: readonly (keyof Names)[]
  /** Gives the number of its ticket. */
  readonly tell: (stage: Stage) => Promise<string>
}

/** One for each profile that ships, by its id; the first has its own manner, the others are scripts. */
export const stories: Readonly<Record<string, DemoStory>> = {
  'tech-support': {
    heading: (locale) => wordsIn[locale],
    parts: ['customer', 'agent', 'engineer', 'supervisor', 'tester', 'colleague'],
    tell: tellStory,
  },
  'standard-ticket': scripted('standard-ticket', standardTicket),
  'internet-company': scripted('internet-company', internetCompany),
  'qms-service': scripted('qms-service', qmsService),
}

function scripted(profile: string, script: Script): DemoStory {
  return {
    heading: (locale) => ({ title: script.title[locale], subtitle: script.subtitle[locale] }),
    parts: script.parts,
    tell: (stage) => tellScript(stage, profile, script),
  }
}
