import { buildProduct, builtFolder } from './built.ts'

type Built = { users: number; made: ReturnType<typeof buildProduct> }

/** Builds the product before the first project that starts processes from it, and removes it after the last. */
export default async function setup(): Promise<() => Promise<void>> {
  // Each project loads its own copy of this module, so what they share hangs on the process.
  const holder: typeof globalThis & { bihuanTestBuilt?: Built } = globalThis
  const built = (holder.bihuanTestBuilt ??= { users: 0, made: buildProduct() })
  built.users += 1
  const { folder, end } = await built.made
  process.env[builtFolder] = folder
  return async () => {
    built.users -= 1
    if (built.users === 0) end()
  }
}
