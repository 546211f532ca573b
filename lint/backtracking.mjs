import { analyse } from 'scslre'

/**
 * No pattern may take time that grows faster than what it is given: one text of a caller would stop everybody. Found are two
 * parts of a pattern that both take the same characters (`\s*\s*`, `(?:a+)+`), and a part that is begun anew at each character
 * and runs on to where it fails (`\s+$` in a text of blanks).
 *
 * Patterns that are put together while the program runs are not seen: those of published schemas are tried out
 * (test/unit/quality/long-inputs.test.ts).
 */
export const backtracking = {
  create(context) {
    return {
      Literal(node) {
        if (!node.regex) return
        for (const report of reportsOf(node.regex)) context.report({ node, message: messageOf(report, node.regex) })
      },
      NewExpression: (node) => checkMade(node),
      CallExpression: (node) => checkMade(node),
    }

    function checkMade(node) {
      if (node.callee.type !== 'Identifier' || node.callee.name !== 'RegExp') return
      const [pattern, flags] = node.arguments.map((argument) => (argument.type === 'Literal' ? argument.value : undefined))
      if (typeof pattern !== 'string') return
      const regex = { pattern, flags: typeof flags === 'string' ? flags : '' }
      for (const report of reportsOf(regex)) context.report({ node, message: messageOf(report, regex) })
    }
  },
}

/** A sticky pattern is tried in one place only, so it does not begin anew. */
function reportsOf({ pattern, flags }) {
  return analyse({ source: pattern, flags }, { reportTypes: { Self: true, Trade: true, Move: !flags.includes('y') } }).reports
}

function messageOf({ type, character }, { pattern }) {
  const how = {
    Self: 'a repetition repeats what its own part can take',
    Trade: 'two repetitions can take the same characters',
    Move: 'a repetition is begun anew at each character',
  }
  return `/${pattern}/ takes ever longer for many times ${JSON.stringify(character.pick)}: ${how[type]}. Let each character be taken in one way, or cut the text up without a pattern.`
}
