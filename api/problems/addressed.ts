import type { Hosting, Registry } from '../../processes/hosting.ts'

/** The type whose routes that address is one of; undefined for other addresses. */
export function addressedType(processes: Registry, path: string): Hosting | undefined {
  const plural = /^\/api\/([^/]+)/.exec(path)?.[1]
  return processes.find((one) => one.plural === plural)
}
