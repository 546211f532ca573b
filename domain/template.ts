import { own } from './own.ts'

/** How a message template is filled: `{name}` is a parameter; `[…]` is left out when one of its parameters is absent. */

export type Filling = Readonly<Record<string, string | undefined>>

/**
 * The text of a template: first the parts are left out that have nothing to say ({@link withParts}), then it is filled in
 * ({@link filledWith}).
 */
export function fill(template: string, filling: Filling): string {
  return filledWith(withParts(template, filling), filling)
}

/** The text with its parameters filled in; one that is not given becomes `…`. */
export function filledWith(text: string, filling: Filling): string {
  return filledIn(text, (name) => own(filling, name) ?? '…')
}

/** The text with its parameters filled in, with the spaces that each value needs; one without a value stays as it stands. */
export function filledIn(text: string, valueOf: (name: string) => string | undefined): string {
  return text.replace(spacedPlaceholder, (found: string, left: string, name: string, right: string, at: number) => {
    const value = valueOf(name)
    if (value === undefined) return found
    return `${before(text.slice(0, at), left, value)}${value}${after(value, right, text.slice(at + found.length))}`
  })
}

/** The template with the parts that have something to say; where one is left out, no blank too many is left with it. */
export function withParts(template: string, filling: Filling): string {
  let whole = ''
  let at = 0
  for (const found of template.matchAll(bracketed)) {
    whole += template.slice(at, found.index)
    at = found.index + found[0].length
    const part = found[0].slice(1, -1)
    if (namesIn(part).every((name) => given(filling, name))) whole += part
    else if (/(?:^|[ \n])$/.test(whole)) while (template[at] === ' ') at += 1
  }
  return whole + template.slice(at)
}

/** Between Chinese and a value in letters or digits stands a space, between Chinese and Chinese none, whatever the template was written for. */
function before(text: string, space: string, value: string): string {
  if (!chineseAtEnd.test(text)) return space
  return chineseAtStart.test(value) ? '' : latinAtStart.test(value) ? ' ' : space
}

function after(value: string, space: string, text: string): string {
  if (!chineseAtStart.test(text)) return space
  return chineseAtEnd.test(value) || closedAtEnd.test(value) ? '' : latinAtEnd.test(value) ? ' ' : space
}

const chineseAtEnd = /\p{Script=Han}$/u
const chineseAtStart = /^\p{Script=Han}/u
/** Full-width signs bring a space of their own. */
const closedAtEnd = /[）】》”」』]$/
const latinAtStart = /^[A-Za-z0-9]/
const latinAtEnd = /[A-Za-z0-9]$/

/** Parameters that a template cannot do without, and those it can. */
export function parametersOf(template: string): { readonly required: string[]; readonly optional: string[] } {
  const outside = template.replace(/\[[^\][]*\]/g, '')
  const required = [...new Set(namesIn(outside))]
  return { required, optional: [...new Set(namesIn(template))].filter((name) => !required.includes(name)) }
}

/** What a template asks for: outside brackets and inside each pair of them; and a brace or bracket that has no partner. */
export function placesIn(template: string): {
  readonly outside: string[]
  readonly parts: { readonly text: string; readonly names: string[] }[]
  readonly unpaired: string | undefined
} {
  const parts = [...template.matchAll(bracketed)].map(([text]) => ({ text, names: bracedIn(text) }))
  const outside = template.replaceAll(bracketed, ' ')
  const rest = template.replaceAll(braced, '').replaceAll(/\[[^\][{}]*\]/g, '')
  return { outside: bracedIn(outside), parts, unpaired: /[[\]{}]/.exec(rest)?.[0] }
}

const bracketed = /\[[^\][]*\]/g
/** Anything between braces, also what can be no name. */
const braced = /\{([^{}[\]\n]*)\}/g

function bracedIn(text: string): string[] {
  return [...new Set([...text.matchAll(braced)].map(([, name = '']) => name))]
}

/** A name, or one of a group: `{field.orderNo}`. */
const placeholder = /\{([a-zA-Z]+(?:\.[a-zA-Z0-9]+)?)\}/g
const spacedPlaceholder = /( ?)\{([a-zA-Z]+(?:\.[a-zA-Z0-9]+)?)\}( ?)/g

function namesIn(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}

function given(filling: Filling, name: string): boolean {
  return (own(filling, name) ?? '') !== ''
}
