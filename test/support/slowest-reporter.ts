import { relative } from 'node:path'
import type { Reporter, TestModule, Vitest } from 'vitest/node'

/** How many are named; where no more files ran than that, their own lines say it. */
const most = 10

/** Names the files that took longest, with their seconds, importing included: where a run that has become slow is to be looked at. */
export default class SlowestReporter implements Reporter {
  #root = ''
  #say: (text: string) => void = () => {}

  onInit({ config, logger }: Vitest): void {
    this.#root = config.root
    this.#say = (text) => logger.log(text)
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length <= most) return
    const slowest = modules
      .map((module) => ({ file: relative(this.#root, module.moduleId), seconds: secondsOf(module) }))
      .toSorted((one, other) => other.seconds - one.seconds)
      .slice(0, most)
    const lines = slowest.map(({ file, seconds }) => `${seconds.toFixed(1).padStart(8)} s  ${file}`)
    this.#say(['', `The ${most} slowest of ${modules.length} files:`, ...lines].join('\n'))
  }
}

function secondsOf(module: TestModule): number {
  const { environmentSetupDuration, prepareDuration, collectDuration, setupDuration, duration } = module.diagnostic()
  return (environmentSetupDuration + prepareDuration + collectDuration + setupDuration + duration) / 1_000
}
