import { relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isElementAccessExpression, type Node } from 'typescript/unstable/ast'
import { API, TypeFlags, type Project } from 'typescript/unstable/sync'

/**
 * `record[key]` with a key that somebody sent finds what every object inherits: the person `constructor` was a function. The type
 * checker knows where a key may be any text; such look-ups go through `own`.
 */

/** Whatever is no tool and no test, in folders that may yet be added too. */
const aside = /^(?:[^/]+$|(?:bench|lint|node_modules|scripts|test)\/)/
/** `own` itself; and webpack's modules, whose keys are ours. */
const allowed = ['domain/own.ts', 'worker/preloaded.ts']

let api: API
let project: Project
beforeAll(() => {
  api = new API({ cwd: process.cwd() })
  const opened = api.updateSnapshot({ openProjects: [`${process.cwd()}/tsconfig.json`] }).getProjects()[0]
  if (!opened) throw new Error('the project cannot be opened')
  project = opened
}, 60_000)
afterAll(() => api.close())

describe('records', () => {
  it('are asked through `own` wherever the key may be any text', () => {
    expect(allowed.flatMap(lookupsIn)).toHaveLength(2)
    const files = project.rootFiles.map((file) => relative(process.cwd(), file)).filter((file) => !aside.test(file))
    expect(files.length).toBeGreaterThan(200)
    expect(files.filter((file) => !allowed.includes(file)).flatMap(lookupsIn)).toEqual([])
  }, 120_000)
})

/** `domain/fields.ts: values[field.id]` */
function lookupsIn(file: string): string[] {
  const source = project.program.getSourceFile(`${process.cwd()}/${file}`)
  if (!source) throw new Error(`${file} is not in the project`)
  const found: string[] = []
  const visit = (node: Node): void => {
    if (isElementAccessExpression(node)) {
      const key = project.checker.getTypeAtLocation(node.argumentExpression)
      if (key && (key.flags & TypeFlags.String) !== 0) found.push(`${file}: ${source.text.slice(node.pos, node.end).trim()}`)
    }
    node.forEachChild(visit)
  }
  visit(source)
  return found
}
