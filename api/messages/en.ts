import type { Catalogue } from './catalogue.ts'
import { colleagueProblems } from './colleagues.ts'
import { assessmentProblems } from './en-assessments.ts'
import { fields } from './en-fields.ts'
import { recurringProblems } from './en-recurring.ts'
import { valueNames } from './value-names.ts'

/** One entry for each problem, and nothing else. */
export const en: Catalogue = {
  problems: {
    // the process refuses
    'wrong-role': {
      title: 'Your role may not do this',
      detail: 'Only these roles may do this[ ({command})]: {roles}. Ask somebody who holds one of them.',
    },
    'only-for-yourself': {
      title: 'You may do this for yourself only',
      detail: 'You may do this for yourself. For somebody else only these roles may: {roles}. Ask somebody who holds one of them.',
    },
    'not-yours': {
      title: 'This {process} is not yours',
      detail: 'Only who has the {process} may do {command}[; {holder} has it now]. Ask for it to be given to you[, or do {first} first].',
    },
    'wrong-stage': {
      title: 'Not possible in this stage',
      detail:
        '{command} is not possible while the {process} is in {stage}; it is possible in: {stages}.[ {holder} has the {process}.] Read the {process} again: `allowed` lists what is possible now.',
    },
    'already-held': {
      title: 'Somebody has it already',
      detail: '{holder} already has this {process}. Take another one, or ask for it to be reassigned.',
    },
    'done-already': { title: 'Already done', detail: '{command} has been done with this {process}. Once is enough.' },
    ended: {
      title: 'The {process} has ended',
      detail: 'The {process} is in {stage}, where nothing more can be done with it.[ If there is more to do, open a new {another}.]',
    },
    'stale-version': {
      title: 'Somebody was faster',
      detail: 'You acted on version {expected}, the {process} is at version {actual}. Read the {process} again and decide anew.',
    },
    'invalid-input': { title: 'The input is not right', detail: '{summary}' },
    'unknown-ticket': { title: 'No such {process}', detail: 'There is no {process}[ {number}] that you may see. Check the number.' },
    'no-review-meeting': {
      title: 'No emergency review is needed',
      detail: 'The priority of this {process}[, “{priority}”,] asks for no emergency review. Assign it, or change the priority first.',
    },
    'plan-needed': {
      title: 'A plan is needed first',
      detail: '{command} needs a solution plan filed before. File the plan first.',
    },
    'not-waiting': { title: 'The {process} is not waiting', detail: 'The {process} waits for nobody, so there is nothing to resume.' },
    'already-waiting': {
      title: 'The {process} is already waiting',
      detail: 'The {process} is already waiting[ ({for})]. Resume it first.',
    },
    'callback-finished': {
      title: 'The callback is finished',
      detail: 'The customer was reached, or finally recorded as unreached; no further callback is due.',
    },
    'nothing-held': {
      title: 'Nothing to give back',
      detail:
        'There is nothing to give back or hand over[: {person} has no part in this {process}]. Read the {process} again to see who has it.',
    },
    'article-finished': {
      title: 'No article is owed',
      detail: 'No knowledge article is owed: it was filed, judged unnecessary, or the {process} is not closed yet.',
    },
    'same-priority': {
      title: 'Nothing changes',
      detail: 'The {process} has the priority “{priority}” already. Choose another one, or confirm this one (“Confirm priority”).',
    },
    'change-pending': {
      title: 'A change is waiting for its decision',
      detail:
        'Another priority[, “{priority}”,] was asked for[ by {person}] and not decided on yet. Wait for the decision of a supervisor.',
    },
    'no-change-pending': {
      title: 'Nothing to decide',
      detail: 'No change of priority waits for a decision here. Read the {process} again.',
    },
    'own-request': {
      title: 'Not your own request',
      detail: '{command} is for somebody other than who asked. Ask another supervisor to decide.',
    },
    ...recurringProblems,
    ...assessmentProblems,
    'no-own-acts': {
      title: 'No acts of its own',
      detail:
        'There is nothing here that you can record by {command}: its profile has no such act for you. What is possible now stands in `allowed` of the {process}.',
    },
    'act-not-here': {
      title: 'Not in this stage',
      detail:
        '{act} cannot be recorded while the {process} is in {stage}; it can in: {stages}. `allowedActs` of the {process} lists what can be recorded now.',
    },
    'act-not-yours': {
      title: 'Not for you to record',
      detail:
        '{act} is for these to record: {roles}[; {holder} has the {process} now]. Ask one of them to record it, or an administrator to change the profile.',
    },
    ...colleagueProblems['en'],
    'urged-already': {
      title: 'Urged a moment ago',
      detail:
        'The {process} was urged on at {since}. That is on record, and whoever has it is notified, after quiet hours where these apply. It can be urged again from {again} on.',
    },
    'nothing-to-defer': {
      title: 'There is no deadline to defer',
      detail: 'Nothing is promised about the solution of this {process} now. File a plan with a date first.',
    },
    'no-task': { title: 'No task is open', detail: 'This {process} has no open task. There is nothing to settle.' },
    'calendar-old': {
      title: 'An old calendar',
      detail: 'The {process} counts by version {version} of the calendar or a newer one already. There is nothing to do.',
    },
    // around the process
    'malformed-request': {
      title: 'The request cannot be read',
      detail: 'The request is not valid: {reason}. Send HTTP/1.1 with headers of at most 16 KiB, without long pauses.',
    },
    'malformed-target': {
      title: 'The address holds characters that it cannot',
      detail:
        'An address is written in ASCII without blanks. Percent-encode everything else as UTF-8: q=发货 becomes q=%E5%8F%91%E8%B4%A7.',
    },
    'malformed-body': {
      title: 'The body cannot be read',
      detail: 'The body is not valid {format}[ (line {line}, column {column})]. Send UTF-8 text in {format}.',
    },
    'not-utf-8': {
      title: 'The body is not UTF-8',
      detail: 'Line {line} of the body is not UTF-8[; it seems to be {seems}]. Save the file as UTF-8 and send it again.',
    },
    'malformed-header': { title: 'A header cannot be read', detail: 'The header {header} must be {expected}.' },
    'not-signed-in': {
      title: 'Not signed in',
      detail: 'Send a valid token: `Authorization: Bearer …`. This one is missing, unknown, expired or revoked.',
    },
    'unknown-host': {
      title: 'Asked for under another name',
      detail:
        'The Host header names none of the names of this service. Ask for it as 127.0.0.1 or localhost; an administrator can add names with BIHUAN_HOSTS.',
    },
    'unknown-route': { title: 'No such address', detail: 'There is nothing at {path}. See /docs for every address.' },
    'unknown-command': {
      title: 'No such command',
      detail: 'There is no {process} command “{given}”.[ Did you mean “{nearest}”?] See /docs for every command.',
    },
    'unknown-profile': {
      title: 'No such profile',
      detail:
        'There is no profile “{profile}”[ in version {version}]. Installed: {profiles}.[ “{template}” is a template: what a profile says otherwise than it, the profile tells with ?showing=why.]',
    },
    'profile-not-in-force': {
      title: 'The profile is not in force',
      detail:
        'Nothing new can be registered by “{profile}”[: it comes into force on {from}][: it is retired since {since}]. In force: {profiles}.',
    },
    'unknown-calendar': {
      title: 'No such calendar',
      detail: 'There is no calendar “{calendar}”[ in version {version}]. Installed: {calendars}.',
    },
    'unknown-person': { title: 'No such person', detail: 'There is no person “{id}”. See /api/people.' },
    'unknown-team': { title: 'No such team', detail: 'There is no team “{id}”. See /api/teams.' },
    'unknown-schedule': {
      title: 'No schedule of reports',
      detail: 'There is no schedule for {given}. A profile with reports has one, a minute after it is installed.',
    },
    'unknown-figure': {
      title: 'No such figure',
      detail: 'There is no figure “{given}”.[ Did you mean “{nearest}”?] There are: {figures}. See /api/figures.',
    },
    'unknown-request': {
      title: 'No such request',
      detail: 'You sent no request with the key “{key}” that was carried out. If you expected one, send it again with the same key.',
    },
    'unknown-token': { title: 'No such token', detail: 'You have no token {id}. See /api/tokens.' },
    'unknown-notice': { title: 'No such notice', detail: 'There is no notice {id}. See /api/notices.' },
    'unknown-customer': {
      title: 'No such customer',
      detail: 'There is no entry {customer} in the directory of customers. See /api/customers.',
    },
    'unknown-absence': { title: 'No such absence', detail: 'There is no absence {id}. See /api/absences.' },
    'absence-ended': {
      title: 'This absence has ended',
      detail: 'It ended at {until} and stays as it was. If the person is away again, record another absence.',
    },
    'unknown-template': { title: 'No such script', detail: 'There is no script “{id}”[. There are: {templates}]. See /api/templates.' },
    'notice-not-dead': {
      title: 'This notice need not be sent again',
      detail: 'It was sent as it was meant to, or goes out by itself in a moment ({status}). There is nothing to do.',
    },
    'too-many-tokens': {
      title: 'As many tokens as one may have',
      detail: 'You have {limit} valid tokens, which is as many as one may have. See /api/tokens, and revoke one that is not used any more.',
    },
    'method-not-allowed': { title: 'Method not possible here', detail: '{method} is not possible on {path}. Possible: {methods}.' },
    'version-taken': {
      title: 'This version exists',
      detail:
        'Version {version} of “{id}” is installed with other content[: it extended {extended}, and would extend {extends} now]. A version never changes: raise `version` and send it again.',
    },
    'version-old': {
      title: 'A newer version exists',
      detail: '“{id}” is installed in version {installed}, newer than {version}. Start from the installed one and raise its `version`.',
    },
    'too-many-members': { title: 'Too many members', detail: 'A body may have at most {limit} members and list entries. Send less.' },
    'body-too-large': { title: 'The body is too large', detail: 'A body may have at most {limit}. Send less, or split it.' },
    'incomplete-body': {
      title: 'The body did not arrive whole',
      detail: 'The connection ended before the whole body was here. Nothing took effect: send it again with the same Idempotency-Key.',
    },
    'unsupported-encoding': {
      title: 'Compressed bodies are not read',
      detail: 'Send the body as it is, without Content-Encoding ({encoding}). It may be 1 MiB long.',
    },
    'unsupported-media-type': { title: 'This content type is not read', detail: 'Send the body as: {types}.' },
    'key-reused': {
      title: 'The key belongs to another request',
      detail:
        'The Idempotency-Key “{key}” was used before for another address or another body. Make a new key for a new request; repeat a request unchanged with its old one.',
    },
    'contact-lookup': {
      title: 'Not by phone number or e-mail address',
      detail:
        "Only these roles may find tickets by a customer's phone number or e-mail address: {roles}. Search by name, company or ticket number, or ask one of them.",
    },
    'too-many-lookups': {
      title: 'Too many look-ups',
      detail: 'You have looked up many phone numbers or e-mail addresses within a short time. Try again in {seconds} s.',
    },
    'too-many-requests': {
      title: 'Too many requests',
      detail: 'The service is at its limit. Try again in {seconds} s with the same Idempotency-Key.',
    },
    'daily-limit': {
      title: 'Enough for one day',
      detail:
        'You have done this {limit} times within 24 hours, and more is not possible. Try again after {again}; if it is urgent, call us.',
    },
    internal: {
      title: 'Our mistake',
      detail:
        'Something went wrong on our side. Tell the administrator the request id {requestId}. It is safe to send the request again with the same Idempotency-Key.',
    },
    'database-away': {
      title: 'The database cannot be reached',
      detail: 'Your request may not have taken effect. Try again in {seconds} s with the same Idempotency-Key: it takes effect once.',
    },
    'pdf-unavailable': {
      title: 'No PDF can be made here',
      detail:
        'What PDFs are set with could not be fetched or does not work. Ask for `format=html`, which prints as well; the log of the API says what is missing.',
    },
    'temporal-away': {
      title: 'The workflow service cannot be reached',
      detail:
        'Your request is kept and may not have taken effect yet. Try again in {seconds} s with the same Idempotency-Key: it takes effect once.',
    },
    'in-progress': {
      title: 'The {process} is being moved',
      detail:
        'The {process} is being moved in the background. Try again in {seconds} s with the same Idempotency-Key: it takes effect once.',
    },
    'outcome-unknown': {
      title: 'No answer in time',
      detail:
        'It is not known yet whether your request took effect. Ask again with the same Idempotency-Key: it takes effect once, and you get its outcome.',
    },
  },
  fields,
  ...valueNames.en,
  listSeparator: ', ',
  sentenceSeparator: '; ',
  pathSeparator: ': ',
  quotes: ['“', '”'],
  notCovered:
    'Holidays are known through {date} only: later days count by the week alone, and an announcement may move this. Bring the calendar “{calendar}” up to date.',
  notCoveredBefore: 'Holidays are known from {date} on only. Add the days of the years before to the calendar “{calendar}”.',
  tell: {
    numberOnly: 'Your ticket number is {number}.',
    start: 'Your ticket number is {number}. We will start working on it within {within}[, by {by} at the latest].',
  },
}
