/** The signals that a process has carried out lately: each counts once, however often it is sent. */
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

/** Sub-processes of one ticket are few and each says little. */
const remembered = 200
