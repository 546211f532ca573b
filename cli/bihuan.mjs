#!/usr/bin/env node
import process from 'node:process'

try {
  const { register } = await import('tsx/esm/api')
  // Our own files need nothing from a tsconfig, least of all from one that lies where the command was called.
  register({ tsconfig: false })
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND') throw error
  console.error('The dependencies are not installed. Run `npm ci` in the folder of the project, or use `npm start`.')
  process.exit(1)
}
await import('./main.ts')
