import type { Migrations } from '../../../db/migrate.ts'
import { processes as ours } from '../../../processes/index.ts'
import { registryOf } from '../../../processes/registry.ts'
import { loan } from './loan/host.ts'
import * as loans from './loan/migration.ts'

/** The registry of an organisation that lends devices: the product's types, and one line more. */
export const processes = registryOf(...ours, loan)

export const migrations: Migrations = { '0001-loans': loans }
