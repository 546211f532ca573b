import type { Catalogue } from './catalogue.ts'

/** What is refused about scores and commendations. */
export const assessmentProblems = {
  'assessments-fall-due': {
    title: 'Assessments are opened by the management',
    detail:
      'This would open assessments that are not made yet ({numbers}), which is for the management. Ask one of them, or choose a time in which none falls due.',
  },
  'own-score': {
    title: 'Your own score',
    detail: 'Nobody decides over a score or a commendation that is their own. Ask somebody of the management to.',
  },
  'not-their-superior': {
    title: 'Not yours to decide',
    detail: 'Over a score decide the head of that department and the management. Ask one of them.',
  },
  'not-their-score': {
    title: 'Not your score',
    detail: 'Only who is scored objects, and of a team its lead. Tell them what you think is wrong.',
  },
  'scores-closed': {
    title: 'Not for you to read',
    detail:
      'Scores are for the management, for the head of that department and, once confirmed, for whoever is scored. Those who are not of the management read one score at a time: scores/person/…, or content?subject=person:….',
  },
  'confirmed-already': {
    title: 'Confirmed already',
    detail:
      'Scores that are confirmed stay as they are[: who is scored can object to this one until {until}]. What is wrong with one can be put right by deciding on an objection.',
  },
  'not-confirmed': {
    title: 'Not confirmed yet',
    detail: 'This score is a draft. Wait until it is confirmed; then it can be objected to.',
  },
  'objection-late': { title: 'Too late to object', detail: 'This score could be objected to until {until}. It is final now.' },
  'no-objection': { title: 'No objection to decide', detail: 'No objection to this score waits for a decision. Read the scores again.' },
  'objection-decided': {
    title: 'Decided already',
    detail: 'What was objected to here is decided already; with that decision a score is final. Read the scores again.',
  },
  'objected-already': {
    title: 'Objected to already',
    detail: 'A score is objected to once, and this one was[: it is to be decided by {until}]. Read the score: it says what was decided.',
  },
  'own-decision': {
    title: 'Not your own decision',
    detail: 'An objection is decided by somebody other than who confirmed the score. Ask a colleague of the management.',
  },
  'own-nomination': {
    title: 'Not yourself',
    detail: 'Nobody nominates themselves. Have a colleague do it, who says what is new about it.',
  },
  'own-record': {
    title: 'Not your own record',
    detail: 'A delay is excused, and an act confirmed, by somebody other than who deferred or recorded it. Ask a colleague to.',
  },
  'item-decided': {
    title: 'Decided already',
    detail: 'Of {item}, {command} has been done already. While the score is a draft, take that back first.',
  },
  'own-proposal': {
    title: 'Your own nomination',
    detail: 'Who nominates somebody does not decide on it. Ask a colleague of the management to.',
  },
  'nominated-already': {
    title: 'Nominated already',
    detail: 'You have nominated {person} for {number} already. Once is enough.',
  },
  'nominations-used': {
    title: 'Your nominations are used up',
    detail: 'You have nominated {limit} times in this {process}, which is as often as anybody may. Nominate in the next one.',
  },
  'nominations-full': {
    title: 'Too many nominations',
    detail: 'At most {limit} nominations fit into one {process}. Nominate in the next one.',
  },
  'nomination-decided': {
    title: 'Decided already',
    detail: 'Of nomination {nomination}, {command} has been done already. Once is enough.',
  },
  'commended-already': { title: 'Commended already', detail: '{person} is commended as outstanding already. Once is enough.' },
  'nothing-to-commend': { title: 'Nothing to decide', detail: 'Nobody is left to be commended here. Read the {process} again.' },
} satisfies Partial<Catalogue['problems']>
