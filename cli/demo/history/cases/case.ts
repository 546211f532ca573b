/** What tickets of the history are about. In Chinese whatever the language of the demo: that is what the customers of the shipped profiles speak. */
export interface Case {
  /** Type of the ticket, and of its classification. */
  readonly type: string
  readonly module: string
  /** Kinds of cause that it turns out to have, the likelier ones first. */
  readonly causes: readonly [string, ...string[]]
  /** Nobody calls it a trifle. */
  readonly grave?: true
  /** How often it comes beside the others. */
  readonly weight: number
  /** What is affected, for the middle of a sentence. */
  readonly about: string
  readonly titles: readonly [string, ...string[]]
  /** What the customer says of each of these, as far as it is more than that. */
  readonly said: readonly string[]
  readonly keywords: readonly [string, ...string[]]
}

/** What a cause of a kind looks like, with `{about}` for what is affected. */
export interface Finding {
  readonly direct: string
  readonly underlying: string
  readonly solution: string
  /** Kind of plan, by the id of the profile. */
  readonly plan: string
}

export interface Book {
  /** What else tickets of a type now and then come of. */
  readonly also: Readonly<Record<string, readonly [string, ...string[]]>>
  readonly cases: readonly [Case, ...Case[]]
  /** The one that half the town calls about when something large goes down. */
  readonly outage: Case
  readonly findings: Readonly<Record<string, readonly [Finding, ...Finding[]]>>
}
