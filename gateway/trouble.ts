/** Why nobody can say at once what became of a call to Temporal. Each is to be tried again, with the same request id where there is one. */
export type TroubleCode =
  /** It cannot be reached, so nothing happened. */
  | 'temporal-away'
  /** The call may have taken effect. */
  | 'outcome-unknown'
  /** The process is being put right; nothing happened. */
  | 'in-progress'
  /** The server is busy; the call may have taken effect. */
  | 'too-many-requests'

/** Thrown by the gateway, with the error of the connection as its cause. */
export class Trouble extends Error {
  override name = 'Trouble'
  readonly code: TroubleCode

  constructor(code: TroubleCode, cause: unknown) {
    super(code, { cause })
    this.code = code
  }
}

/** So long a caller waits before trying again. */
export const retryAfterSeconds = 5
