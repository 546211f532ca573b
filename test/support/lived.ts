import { act, born, pass, type Birth, type Step } from './lives.ts'
import type { Story } from './tickets.ts'

/** Lives that many properties look at: each is lived once, and told to whoever asks for the same again. */

export interface Life {
  readonly moments: readonly Moment[]
  /** Where it came to: to act on, as often as it is asked for. */
  end(): Story
}

/** How it was after a step. */
export interface Moment extends Readonly<Pick<Story, 'state' | 'policy' | 'now'>> {
  /** How it was when somebody acted, after what time had done. */
  readonly before: Story['state']
  readonly accepted: boolean
}

export function lifeOf(given: Birth, steps: readonly Step[]): Life {
  const key = JSON.stringify([given, steps])
  const known = lives.get(key)
  if (known) return known
  // Looking for the smallest life that shows a fault lives thousands.
  if (lives.size >= mostKept) lives.clear()
  const life = lived(given, steps)
  lives.set(key, life)
  return life
}

const lives = new Map<string, Life>()
const mostKept = 5_000

function lived(given: Birth, steps: readonly Step[]): Life {
  const story = born(given)
  const moments = steps.map((next) => {
    pass(story, next)
    const before = story.state
    const accepted = act(story, next)
    const { state, policy, now } = story
    return { state, policy, now, before, accepted }
  })
  return { moments, end: () => story.copy() }
}
