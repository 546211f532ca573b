import type { Mentioned } from '../act.ts'

/** People and teams that an input may name. */
export interface Mentions {
  readonly people?: readonly (string | undefined)[]
  readonly teams?: readonly (string | undefined)[]
}

/** Those that it does name, each once. */
export function mentioned({ people, teams }: Mentions = {}): Mentioned {
  return { people: present(people), teams: present(teams) }
}

function present(ids: readonly (string | undefined)[] = []): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))]
}
