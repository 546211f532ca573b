import type { World } from './world.ts'

/** One line of the output. */
export interface Line {
  readonly name: string
  readonly ours: number
  readonly baseline: number
  readonly ratio: number
  readonly unit: string
  readonly [detail: string]: string | number | boolean
}

export interface Taking {
  readonly world: World
  /** Tells how it goes on. */
  readonly say: (message: string) => void
  readonly report: (line: Line) => void
  /** Fewer and shorter rounds, to see that it runs. */
  readonly quick: boolean
}

/** Takes a figure, and stops what it started for it. */
export type Figure = (taking: Taking) => Promise<void>
