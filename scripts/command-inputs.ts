import { z } from 'zod'
import type { Hosting } from '../processes/hosting.ts'
import { formOf } from './profile-reference/forms.ts'
import { meaningOf, presenceOf, propertiesOf, referred, type Definitions } from './profile-reference/nodes.ts'

/** What is sent with each command, as its input has it: to write a client, or an act of a rehearsal's story. */
export function commandInputs(commands: Hosting['process']['commands']): string {
  return commands
    .map(({ name, input }) => {
      const { $defs: parts = {}, ...whole } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
      const keys = propertiesOf(whole).map(([key, node]) => {
        const form = formOf(resolved(node, parts), (part) => formOf(resolved(parts[part], parts), () => 'a mapping'))
        return `  - \`${key}\`: ${meaningOf(node, parts)}. ${form.charAt(0).toUpperCase()}${form.slice(1)}, ${presenceOf(whole, key)}.`
      })
      return [`- **\`${name}\`**${keys.length === 0 ? ': nothing' : ''}`, ...keys].join('\n')
    })
    .join('\n')
}

function resolved(node: unknown, parts: Definitions): unknown {
  const named = referred(node)
  return named === undefined ? node : parts[named]
}
