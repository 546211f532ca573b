import { CancellationScope, sleep } from '@temporalio/workflow'

/** A process' only timer. It goes on while the process does other things: setting it anew is two events, so that is done when it must. */
export class Alarm {
  #set: { readonly at: number; readonly scope: CancellationScope } | undefined
  #hasRung = false

  /** Whether it has rung since it was last set or {@link heard}. */
  get hasRung(): boolean {
    return this.#hasRung
  }

  /** When it rings, in milliseconds since the epoch. */
  get at(): number | undefined {
    return this.#set?.at
  }

  heard(): void {
    this.#hasRung = false
  }

  /** Rings at that instant and so much later, or at once when that has passed; never, without one. */
  set(at: number | undefined, summary: () => string, laterMs = 0): void {
    if (at === this.#set?.at) return
    this.#set?.scope.cancel()
    this.#set = undefined
    if (at === undefined) return
    const scope = new CancellationScope()
    this.#set = { at, scope }
    void this.#ring(scope, Math.max(1, at + laterMs - Date.now()), summary())
  }

  async #ring(scope: CancellationScope, inMs: number, summary: string): Promise<void> {
    try {
      await scope.run(() => sleep(inMs, { summary }))
    } catch {
      // Cancelled: another one has taken its place.
      return
    }
    this.#set = undefined
    this.#hasRung = true
  }
}
