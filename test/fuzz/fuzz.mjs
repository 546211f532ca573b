#!/usr/bin/env node
import { register } from 'tsx/esm/api'

// Our own files need nothing from a tsconfig, least of all from one that lies where the command was called.
register({ tsconfig: false })
await import('./main.ts')
