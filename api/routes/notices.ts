import type { Told } from '../openapi/operation.ts'
import { addressees } from '../../db/addressees.ts'
import { lastAsked } from '../../db/asked-of-customer.ts'
import { inRowsOnce } from '../../db/once-in-rows.ts'
import { findNotice, listNotices, retryNotice, type ListedNotice } from '../../db/notice-list.ts'
import { reconsiderHeld } from '../../db/notices.ts'
import { preferencesOf, setPreferences } from '../../db/people.ts'
import { listProfiles } from '../../db/profiles.ts'
import { inTransaction } from '../../db/transaction.ts'
import { subjectsOf } from '../../processes/subject.ts'
import { instantOf } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import { causeOf, noticeCauses } from '../../domain/notices/causes.ts'
import { isCustomKind, noticeLabel, type CustomNotice } from '../../domain/notices/custom.ts'
import { mutableKinds, noticeKinds } from '../../domain/notices/kinds.ts'
import type { Preferences } from '../../domain/notices/preferences.ts'
import { sameHours } from '../../domain/notices/quiet-hours.ts'
import { isStaff } from '../../domain/people.ts'
import { wouldSay } from '../../delivery/preview.ts'
import { isOnlyCustomer, mayBeNamed } from '../access/access.ts'
import type { Caller } from '../http/env.ts'
import type { Context } from '../deps.ts'
import { requestKey } from '../http/headers.ts'
import { refuseUnknownNames } from './filters.ts'
import { problem } from '../problems/problem.ts'
import * as operations from '../operations/notices.ts'
import { reads, writes, type App } from './serving.ts'

/** What was said to whom and what became of it; trying again; and what each person wants to hear (S8, T8, X6). */
export function addNotices(app: App, context: Context): void {
  const { db, clock, once } = context
  const now = () => instantOf(clock.now().getTime())
  const preparing = {
    keys: context.keys,
    profileOf: context.profileOf,
    subjectOf: async (number: string) => (await subjectsOf(db, context.processes, [number]))[0],
    askedOf: (number: string) => lastAsked(db, number),
  }

  reads(app, operations.listNotices, async ({ c, caller, query, answer }) => {
    const locale = c.get('locale')
    const page = await listNotices(db, { ...query, reader: caller })
    if (page.items.length === 0) await refuseUnknownNames(db, query, (head) => mayBeNamed(context.processes, head, caller))
    const labels = await labelsFor(page.items, locale)
    const ids = page.items.flatMap(({ recipientId, reached, passedOver }) => [
      ...(recipientId === null ? [] : [recipientId]),
      ...reached,
      ...passedOver,
    ])
    return answer({
      items: page.items.map((notice) => noticeView(notice, labels(notice), locale)),
      names: await context.namesOf(ids, locale),
      next: page.next,
    })
  })

  reads(app, operations.readNotice, async ({ c, caller, params, answer }) => {
    const notice = await findNotice(db, params.id, caller)
    if (!notice) throw problem('unknown-notice', { id: params.id })
    const said = notice.said ?? (await wouldSay(preparing, notice, await addressees(db, now()), now()))
    return answer({
      ...(await viewOf(notice, c.get('locale'))),
      language: said?.language ?? null,
      subject: said?.subject ?? null,
      text: said?.text ?? null,
    })
  })

  writes(app, operations.retryNotice, async ({ c, caller, params, raw, stored }) => {
    const key = requestKey(c)
    const route = `POST /api/notices/${params.id}/retry`
    const done = await once({ caller: caller.id, key, route, ticket: null, body: raw }, async (request) => {
      const notice = await findNotice(db, params.id, caller)
      if (!notice) throw problem('unknown-notice', { id: params.id })
      return inRowsOnce(db, request, now(), async (trx) => {
        if (!(await retryNotice(trx, params.id))) throw problem('notice-not-dead', { status: notice.status })
        const queued = await findNotice(trx, params.id, caller)
        return { status: 200, body: await viewOf(queued ?? notice, c.get('locale')) }
      })
    })
    return stored(done)
  })

  reads(app, operations.readPreferences, async ({ c, caller, answer }) =>
    answer(preferencesView((await preferencesOf(db, caller.id)) ?? {}, await choiceOf(caller, c.get('locale')))),
  )

  writes(app, operations.putPreferences, async ({ c, caller, body, answer }) => {
    await inTransaction(db, async (trx) => {
      const before = await preferencesOf(trx, caller.id)
      await setPreferences(trx, caller.id, { ...body, muted: [...new Set(body.muted)] })
      // Of customers no quiet hours of their own hold anything.
      if (isStaff(caller) && !sameHours(before?.quietHours ?? null, body.quietHours)) await reconsiderHeld(trx, caller.id, now())
    })
    return answer(preferencesView(body, await choiceOf(caller, c.get('locale'))))
  })

  async function viewOf(notice: ListedNotice, locale: Locale) {
    return noticeView(notice, (await labelsFor([notice], locale))(notice), locale)
  }

  /** What kinds are called: a profile's own as the profile says by which the process runs. */
  async function labelsFor(notices: readonly ListedNotice[], locale: Locale): Promise<(notice: ListedNotice) => string> {
    const numbers = [...new Set(notices.filter(({ kind }) => isCustomKind(kind)).map(({ process }) => process))]
    const subjects = numbers.length === 0 ? [] : await subjectsOf(db, context.processes, numbers)
    const profiles = await Promise.all(
      subjects.flatMap((subject) => (subject ? [context.profileOf(subject).then((profile) => [subject.number, profile] as const)] : [])),
    )
    const byNumber = new Map(profiles)
    return ({ process, kind }) => noticeLabel(byNumber.get(process) ?? {}, kind)[locale]
  }

  /** What somebody may mute: of the profiles' own kinds those for colleagues, as the newest versions have them. */
  async function choiceOf(caller: Caller, locale: Locale): Promise<Choice> {
    // What colleagues tell each other is nothing that customers could mute.
    if (isOnlyCustomer(caller)) return []
    const own = new Map<string, CustomNotice>()
    for (const { profile } of await listProfiles(db))
      for (const notice of profile.customNotices ?? []) if (notice.mayMute && notice.audience === 'staff') own.set(notice.id, notice)
    return [
      ...mutableKinds.map((kind) => ({ kind, label: noticeKinds[kind].label[locale] })),
      ...[...own.values()].flatMap(({ id, label }) => (isCustomKind(id) ? [{ kind: id, label: label[locale] }] : [])),
    ]
  }
}

type Choice = Told<typeof operations.readPreferences>['mutable']

function noticeView(notice: ListedNotice, label: string, locale: Locale): Told<typeof operations.retryNotice> {
  const { id, process, seq, kind, recipientKind, recipientId, createdAt, status, heldUntil, retryAt, sentAt } = notice
  const { channel, reached, address, attempts, passedOver, lastError, messageId, gatheredFor, digest } = notice
  const cause = causeOf(notice)
  // When a notice is held no more the row still says until when it was.
  const held = status === 'queued' ? heldUntil : null
  return {
    id,
    ticket: process,
    seq,
    kind,
    label,
    recipient: { kind: recipientKind, id: recipientId },
    createdAt,
    status,
    heldUntil: held,
    heldFor: held === null ? null : gatheredFor === null ? 'quiet-hours' : 'digest',
    retryAt,
    sentAt,
    channel,
    reached,
    address,
    attempts,
    passedOver,
    cause,
    causeText: cause === null ? null : noticeCauses[cause][locale],
    lastError,
    messageId,
    digest,
  }
}

function preferencesView({ language = null, quietHours = null, muted = [] }: Preferences, mutable: Choice) {
  return { language, quietHours, muted, mutable }
}
