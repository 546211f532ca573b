import type { SerializedError } from 'vitest'
import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with one line that needs no knowledge of vitest to be read: `Tests: 12 passed, 0 failed, 1 skipped`. A file
 * that cannot be loaded, a suite whose hooks fail and an error outside every test count as one failure each, so that a
 * run that fails never shows none.
 */
export default class SummaryReporter implements Reporter {
  #line: string | undefined

  onInit(): void {
    // Servers are stopped after the last test and may have something to say: the summary waits for them.
    process.once('exit', () => {
      if (this.#line !== undefined) process.stdout.write(`${this.#line}\n`)
    })
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const count = (state: string) => tests.filter((test) => test.result().state === state).length
    const failed = count('failed') + modules.reduce((sum, module) => sum + failuresOutsideTests(module), 0) + unhandledErrors.length
    this.#line = `Tests: ${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`
  }
}

function failuresOutsideTests(module: TestModule): number {
  return [module, ...module.children.allSuites()].filter((suite) => suite.errors().length > 0).length
}
