import type { Catalogue } from './catalogue.ts'

/** What formats demand and kinds of values are called, in English. */
export const enForms: Pick<Catalogue, 'formats' | 'kinds'> = {
  formats: {
    datetime: 'an instant with an offset or Z, for example 2023-10-01T14:30:00+08:00',
    date: 'a date, for example 2023-10-01',
    duration: 'an ISO 8601 duration without months and years, for example PT15M, PT24H or P5D',
    'time-of-day': 'a time of day, for example 22:00',
    identifier: 'an identifier: a small letter, then small letters, digits and hyphens',
    'field-id': 'a field name: a small letter, then letters and digits',
    'person-id': 'the id of a person: letters, digits, dot, hyphen, underscore, at most 64',
    'team-id': 'the id of a team: letters, digits, dot, hyphen, underscore, at most 64',
    email: 'an e-mail address, for example name@example.com',
    url: 'a URL, for example https://example.com/',
    uuid: 'a UUID',
    'idempotency-key': '1 to 200 visible ASCII characters without blanks, chosen by you for one request',
    'if-match': 'the version you saw, in quotation marks, for example "7"; or *',
    regex: 'in the documented form; see /docs',
  },
  kinds: {
    string: 'text in quotation marks',
    text: 'text',
    'long-text': 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    date: 'a day, for example 2023-10-01',
    instant: 'an instant with an offset or Z, for example 2023-10-01T14:30:00+08:00',
    choice: 'one of the choices',
    object: 'an object {…}',
    record: 'an object {…}',
    array: 'a list […]',
    null: 'null',
    other: 'of another kind; see /docs',
  },
}
