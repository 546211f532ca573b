/** What the people of the story are called. Who wins the race for the ticket is known only then. */
export interface Names {
  readonly customer: string
  readonly agent: string
  readonly engineer: string
  readonly colleague: string
  readonly supervisor: string
  readonly tester: string
}

export interface Claimed extends Names {
  readonly handler: string
  readonly loser: string
}

/** The story in one language: what is written into the ticket, and how a person tells it. */
export interface Words {
  readonly title: string
  readonly subtitle: string
  readonly roles: Readonly<Record<keyof Names, string>>
  /** The registration form 客户问题反馈登记表. */
  readonly form: {
    readonly title: string
    readonly description: string
    readonly errorText: string
    readonly keywords: readonly string[]
  }
  readonly missing: readonly [environment: string, steps: string]
  readonly missingMessage: string
  readonly supplement: { readonly environment: string; readonly stepsToReproduce: string }
  readonly revealReason: string
  /** What was said on the phone. */
  readonly call: string
  readonly diagnosis: { readonly summary: string; readonly suspectedCause: string }
  readonly meeting: { readonly decision: string; readonly minutes: string }
  readonly firstPlan: string
  readonly progress: string
  /** A tag that says nothing, and better ones. */
  readonly emptyTag: string
  readonly tags: readonly string[]
  readonly firstSolution: Solution
  readonly secondSolution: Solution
  readonly failedTest: Test
  readonly passedTest: Test
  readonly unsolved: string
  readonly secondPlan: string
  readonly deferral: string
  readonly finalSolution: Solution
  readonly finalTest: Test
  readonly solved: string
  readonly proof: string
  readonly experience: string
  readonly suggestions: string

  readonly tell: {
    readonly register: (names: Names) => string
    readonly registerAgain: (names: Names) => string
    readonly sameTicket: (number: string) => string
    readonly incomplete: (names: Names) => string
    readonly supplement: (names: Names) => string
    readonly complete: (names: Names) => string
    readonly masked: (names: Names) => string
    readonly reveal: (names: Names) => string
    readonly diagnose: (names: Names) => string
    readonly call: (names: Names, at: string) => string
    readonly mistypedCall: (names: Names) => string
    readonly callCounts: (clock: string, at: string, due: string) => string
    readonly meeting: (names: Names) => string
    readonly claim: (names: Names) => string
    readonly won: (handler: string) => string
    readonly lost: (loser: string) => string
    readonly acceptForeign: (names: Claimed) => string
    readonly accept: (names: Claimed) => string
    readonly plan: (names: Claimed) => string
    readonly progress: (names: Claimed) => string
    readonly emptyTag: (names: Claimed) => string
    readonly complete1: (names: Claimed) => string
    readonly failed: (names: Claimed) => string
    readonly complete2: (names: Claimed) => string
    readonly passed: (names: Claimed) => string
    readonly unsolved: (names: Claimed) => string
    readonly noPlan: (names: Claimed) => string
    readonly planAgain: (names: Claimed) => string
    readonly breaks: string
    readonly broken: (clock: string, due: string) => string
    readonly defer: (names: Claimed) => string
    readonly deferred: (inTime: boolean, due: string) => string
    readonly complete3: (names: Claimed) => string
    readonly passedAgain: (names: Claimed) => string
    readonly solved: (names: Claimed) => string
    readonly close: (names: Claimed) => string
    readonly report: (hours: number, satisfaction: number) => string
    readonly callback: (names: Claimed) => string
  }
  readonly promises: PromiseWords
  readonly at: (stage: string, version: number) => string
  /** Names of the steps that are no commands. */
  readonly registration: string
  readonly lookup: string
  /** What the scene is called in which time does something. */
  readonly passing: string
  readonly end: {
    readonly done: string
    readonly ticket: string
    readonly record: string
    readonly temporal: string
    readonly docs: string
    readonly token: string
    readonly noUi: string
    /** What the other demo shows. */
    readonly more: string
    readonly fast: string
  }
  readonly noStory: (profile: string, profiles: readonly string[]) => string
  readonly notRunning: (dataDir: string) => string
  readonly noPeople: (path: string) => string
  readonly wentWrong: (what: string, why: string) => string
}

/** What became of promises, and what is ahead. */
export interface PromiseWords {
  readonly title: (zone: string) => string
  readonly head: readonly [promise: string, cycle: string, due: string, ended: string, state: string]
  readonly states: Readonly<Record<'running' | 'paused' | 'kept' | 'keptRecordedLate' | 'broken' | 'stillBroken' | 'cancelled', string>>
  readonly total: string
  readonly sum: (counts: { readonly kept: number; readonly broken: number; readonly ahead: number; readonly cancelled: number }) => string
  readonly next: string
  readonly nothingNext: string
  readonly levels: Readonly<Record<'warning' | 'due' | 'missed' | 'end', string>>
  readonly cancelledBy: (commands: readonly string[]) => string
  readonly customer: string
  readonly list: (parts: readonly string[]) => string
}

export interface Solution {
  readonly solution: string
  readonly direct: string
  readonly underlying: string
}

export interface Test {
  readonly method: string
  readonly remark: string
}
