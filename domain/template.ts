/** How a message template is filled: `{name}` is a parameter; `[…]` is left out when one of its parameters is absent. */

export type Filling = Readonly<Record<string, string | undefined>>

/** The text of a template. A parameter that stands outside brackets and is not given becomes `…`. */
export function fill(template: string, filling: Filling): string {
  const whole = template.replace(/\[([^\][]*)\]/g, (_, part: string) => (namesIn(part).every((name) => given(filling, name)) ? part : ''))
  return whole.replace(placeholder, (_, name: string) => filling[name] ?? '…')
}

/** Parameters that a template cannot do without, and those it can. */
export function parametersOf(template: string): { readonly required: string[]; readonly optional: string[] } {
  const outside = template.replace(/\[[^\][]*\]/g, '')
  const required = [...new Set(namesIn(outside))]
  return { required, optional: [...new Set(namesIn(template))].filter((name) => !required.includes(name)) }
}

/** What a template asks for, in order and each once; and a brace or bracket that has no partner. */
export function placesIn(template: string): {
  readonly names: { readonly name: string; readonly bracketed: boolean }[]
  readonly unpaired: string | undefined
} {
  const names = new Map<string, boolean>()
  for (const [whole, inBrackets, outside] of template.matchAll(/\[([^\][]*)\]|\{([^{}[\]\n]*)\}/g)) {
    if (inBrackets === undefined) names.set(outside ?? whole, false)
    else for (const [, name = ''] of inBrackets.matchAll(/\{([^{}\n]*)\}/g)) names.set(name, names.get(name) ?? true)
  }
  const rest = template.replace(/\{[^{}[\]\n]*\}/g, '').replace(/\[[^\][{}]*\]/g, '')
  return { names: [...names].map(([name, bracketed]) => ({ name, bracketed })), unpaired: /[[\]{}]/.exec(rest)?.[0] }
}

const placeholder = /\{([a-zA-Z]+)\}/g

function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}

function given(filling: Filling, name: string): boolean {
  return filling[name] !== undefined && filling[name] !== ''
}
