/** What other processes have told one lately, by Update or by signal: each counts once, however often it is sent. */
export class Signals {
  #ids: readonly string[]

  constructor(carried: readonly string[] = []) {
    this.#ids = carried
  }

  knows(id: string): boolean {
    return this.#ids.includes(id)
  }

  remember(id: string): void {
    this.#ids = [...this.#ids, id].slice(-remembered)
  }

  /** What a run leaves its successor. */
  carry(): readonly string[] {
    return this.#ids
  }
}

/** Of other processes one hears now and then; whoever tells the same again does so within days. */
const remembered = 200
