import type { Catalogue } from './catalogue.ts'

/** What is refused about reports, reviews and samples. */
export const recurringProblems = {
  'own-signature': {
    title: 'Not your own signature',
    detail: '{command} is for somebody other than who signed before. Ask a colleague to sign.',
  },
  'signed-meanwhile': {
    title: 'Somebody was faster',
    detail:
      'The {process} was reviewed meanwhile[, by {person}]; {command} is now for: {roles}. Read the {process} again, and ask one of them.',
  },
  'not-your-action': {
    title: 'This action is not yours',
    detail: '{command} is for whose action it is[, {holder},] and for who leads the {process}. Ask one of them.',
  },
  'judged-already': { title: 'Judged already', detail: '{number} is judged or excused already. Put it right by {needed}, and say why.' },
  'action-ended': { title: 'Done already', detail: 'Action {action} is carried out or dropped already. Read the {process} again.' },
  'not-reckoned': {
    title: 'Still being made',
    detail: '{number} is being reckoned and holds nothing yet. Ask again in a minute.',
  },
  'made-already': {
    title: 'There is one already',
    detail: 'There is {number}, and never another one of the same. Read that.',
  },
  'open-already': {
    title: 'There is one open',
    detail: 'Of the same there is one open {process} at a time. Go on with that one[: {number}, {url}].',
  },
  'actions-full': { title: 'Too many actions', detail: 'At most {limit} actions fit into one {process}. Open another one for the rest.' },
  'own-work': { title: 'Your own work', detail: 'You handled {number} yourself, or it is yours. Have a colleague judge it.' },
  'effect-unchecked': {
    title: 'The effect was not looked at',
    detail: 'Nobody has looked at the effect yet. Wait for its day, or check it now; then this is possible.',
  },
} satisfies Partial<Catalogue['problems']>
