/**
 * Under which names a server of ours is asked for. A page on the web can have its own name lead to 127.0.0.1 (DNS rebinding)
 * and then reads, with the browser of whoever looks at it, what listens there; the Host header still says whose page it is.
 */

/** The names under which a machine reaches itself. */
export const loopbackNames = ['127.0.0.1', 'localhost', '[::1]'] as const

/** Whether a Host header, `localhost:3000`, is one of these names, on whatever port. A missing one is none. */
export function isOneOf(names: readonly string[], host: string | undefined): boolean {
  const url = `http://${host ?? ''}`
  return host !== undefined && /^[\w.:[\]-]{1,255}$/.test(host) && URL.canParse(url) && names.includes(new URL(url).hostname)
}
