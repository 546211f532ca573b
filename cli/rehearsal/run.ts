import { dirname, join } from 'node:path'
import { fieldText } from '../../api/messages/render.ts'
import { rehearsalView, speechOf, type RehearsalView } from '../../api/views/rehearsal.ts'
import type { Calendar } from '../../domain/calendar/schema.ts'
import { lineIn, readDocument } from '../../domain/document/read.ts'
import type { Locale } from '../../domain/labels.ts'
import { parseProfile } from '../../domain/profile/load.ts'
import { own } from '../../domain/own.ts'
import type { Profile, ProfileField } from '../../domain/profile/schema.ts'
import type { FieldError } from '../../domain/rejection.ts'
import { imaginedSchema, storySchema, type Act } from '../../rehearsal/asked.ts'
import { rehearse } from '../../rehearsal/rehearse.ts'
import { shippedBases, shippedProfiles } from '../../runtime/shipped-profiles.ts'
import { readProfile } from '../../api/operations/profiles.ts'
import { clientFor, whereIfRunning } from '../asking.ts'
import { calendarFile, namedCalendar } from '../calendar/calendar-file.ts'
import type { RehearseAsked } from '../commands/rehearse.ts'
import { standardOutput } from '../demo/narrator.ts'
import { faultLines, reportFaults } from '../document-report.ts'
import { basesBeside, formatOf, isFile, mostPieces } from '../profile-files.ts'
import { readTextFile } from '../text-file.ts'
import { refusalText } from '../refusal.ts'
import { showRehearsal } from './page.ts'

/** `bihuan profile rehearse`: from files, without a running product; of a profile that is only installed there, by asking it. */
export async function printRehearsal(named: string, asked: RehearseAsked, terminal = standardOutput(widest)): Promise<void> {
  const story = await storyFrom(asked)
  if (!story) return
  const profile = await profileNamed(named, asked)
  if (profile === 'faulty') return
  const view =
    profile === undefined
      ? await askedOfProduct(named, story, asked)
      : await rehearsedHere(profile, story, { ...asked, calendar: await calendarFor(named, profile, asked) })
  if (!view) return
  if (asked.json) {
    process.stdout.write(`${JSON.stringify(view, null, 2)}\n`)
    return
  }
  const lineOf = (act: number) => `${asked.story ?? ''}:${lineIn(story.source, [act]) ?? ''}`
  showRehearsal(view, { locale: asked.lang ?? view.language, mails: asked.mails, lineOf }, terminal)
}

/** What is read a line at a time may be wider than prose. */
const widest = 120

interface Story {
  readonly acts: readonly Act[]
  readonly source: string
}

async function storyFrom({ story: path, encoding, lang }: RehearseAsked): Promise<Story | undefined> {
  if (path === undefined) return { acts: [], source: '' }
  const { text: source } = await readTextFile(path, encoding)
  const read = readDocument(source, storySchema, { format: formatOf(path), locale: lang })
  if (read.ok) return { acts: read.value, source }
  reportFaults(
    path,
    read.errors.map((error) => ({ ...error, path: counted(error.path) })),
  )
  return undefined
}

/** Acts are counted from one, as people do. */
function counted(path: string): string {
  return path.replace(/^\[(\d+)\]/, (_, at: string) => String(Number(at) + 1))
}

/** Of a file what it extends is looked for beside it, then among what ships; an id is of the running product, else of what ships. `undefined`: the product is to be asked. */
async function profileNamed(named: string, asked: RehearseAsked): Promise<Profile | 'faulty' | undefined> {
  const { encoding, lang: locale } = asked
  if (!isFile(named)) {
    if (asked.calendar === undefined && whereIfRunning(asked)) return undefined
    const shipped = (await shippedProfiles()).find(({ content }) => content.id === named)?.content
    if (!shipped && (await shippedBases()).known.includes(named))
      throw new Error(
        `${named} is a template: no ticket runs by it. Rehearse a profile that extends it, such as a file with "extends: ${named}".`,
      )
    return shipped
  }
  const { text } = await readTextFile(named, encoding)
  const parsed = parseProfile(text, { format: formatOf(named), locale, bases: await basesBeside(named), mostPieces })
  if (parsed.ok) return parsed.profile
  reportFaults(named, parsed.errors)
  return 'faulty'
}

/** Where none is named, the profile's: like what it extends, it is looked for beside the file, then among what ships. */
async function calendarFor(named: string, profile: Profile, { calendar }: RehearseAsked): Promise<Calendar> {
  if (calendar !== undefined) return (await namedCalendar(calendar)).calendar
  const beside = isFile(named) ? await calendarFile(join(dirname(named), `${profile.calendar}.yaml`)) : undefined
  return (beside ?? (await namedCalendar(profile.calendar))).calendar
}

async function rehearsedHere(
  profile: Profile,
  story: Story,
  { calendar, ...asked }: Omit<RehearseAsked, 'calendar'> & { readonly calendar: Calendar },
): Promise<RehearsalView | undefined> {
  const locale = asked.lang ?? profile.language
  const rehearsed = await rehearse({
    profile,
    calendar: { version: 1, calendar },
    ticket: imaginedSchema.parse(imagined(asked, kindsIn(profile, asked.type))),
    story: story.acts,
    language: locale,
  })
  if (rehearsed.ok) return rehearsalView(rehearsed.rehearsal, { profile, locale })
  for (const error of rehearsed.errors) console.error(faultLine(error, { profile, locale, story, path: asked.story }))
  process.exitCode = 1
  return undefined
}

async function askedOfProduct(profile: string, story: Story, asked: RehearseAsked): Promise<RehearsalView | undefined> {
  const { lang } = asked
  const speaking = (locale: Locale) => clientFor({ lang: locale, api: asked.api, token: asked.token })
  const client = await Promise.resolve()
    .then(() => speaking(lang ?? 'zh-CN'))
    .catch((cause: unknown) => {
      throw new Error(
        `There is neither a file nor a shipped profile "${profile}", and no running product can be asked: ${cause instanceof Error ? cause.message : String(cause)}`,
        { cause },
      )
    })
  const known = await client.read(readProfile, { params: { id: profile } })
  const locale = lang ?? ('template' in known ? 'zh-CN' : known.language)
  const answer = await speaking(locale).rehearse({
    profile,
    ticket: imagined(asked, 'template' in known ? {} : kindsIn(known, asked.type)),
    story: [...story.acts],
    ...(lang && { language: lang }),
  })
  if (answer.ok) return answer.value
  console.error(refusalText(answer.refusal, locale, optionOf))
  process.exitCode = 1
  return undefined
}

type Kinds = Readonly<Record<string, ProfileField['kind']>>

function kindsIn({ types }: Pick<Profile, 'types'>, asked: string): Kinds {
  const fields = types.find(({ id }) => id === asked)?.fields ?? []
  return Object.fromEntries(fields.map(({ id, kind }) => [id, kind]))
}

function imagined(
  { type, at, priority, channel, customerLanguage, field, tag, by, assigned, reach, live, title }: Omit<RehearseAsked, 'calendar'>,
  kinds: Kinds,
) {
  const fields = Object.entries(field).map(([id, value]): [string, string | number | boolean] => [id, valueOf(value, own(kinds, id))])
  return {
    ...{ type, at, fields: Object.fromEntries(fields), tags: [...tag] },
    ...(priority !== undefined && { priority }),
    ...(channel !== undefined && { channel }),
    ...(customerLanguage !== undefined && { language: customerLanguage }),
    ...(by !== undefined && { by }),
    ...(assigned !== undefined && { assigned }),
    ...(reach !== undefined && { reach }),
    ...(live !== undefined && { live }),
    ...(title !== undefined && { title }),
  }
}

/** Numbers and yes or no are not told apart from texts on a command line: the kind of the field says what is meant. */
function valueOf(text: string, kind: ProfileField['kind'] | undefined): string | number | boolean {
  if (kind !== undefined && kind !== 'number' && kind !== 'boolean') return text
  if (text === 'true' || text === 'false') return text === 'true'
  if (/^-?\d{1,15}(?:\.\d{1,10})?$/.test(text)) return Number(text)
  return text.replace(/^"(.*)"$/s, '$1')
}

function faultLine(
  error: FieldError,
  { profile, locale, story, path }: { profile: Profile; locale: Locale; story: Story; path: string | undefined },
): string {
  const message = fieldText(error, speechOf({ profile, locale }))
  const nth = /^story\[(\d+)\](.*)$/s.exec(error.path)
  if (!nth) return `${optionOf(error.path)}: ${message}`
  const [, act = '0', rest = ''] = nth
  const line = lineIn(story.source, [Number(act)])
  return faultLines(path ?? '', [{ path: counted(`[${act}]${rest}`), reason: message, ...(line !== undefined && { line }) }]).join('')
}

/** Options that are called otherwise than what they say of the ticket. */
const options: Readonly<Record<string, string>> = { 'ticket.tags': '--tag', 'ticket.language': '--customer-language', language: '--lang' }

/** What was given on the command line: `ticket.fields.extent` as `--field extent`. */
function optionOf(path: string): string {
  const field = /^ticket\.fields\.(.+)$/s.exec(path)
  return field ? `--field ${field[1] ?? ''}` : (own(options, path.replace(/\[\d+\]$/, '')) ?? path.replace(/^ticket\./, '--'))
}
