import { profileJsonSchema } from '../domain/profile/json-schema.ts'

/** docs/profile.schema.json, as the schema has it. */
export function profileSchemaFile(): string {
  return `${JSON.stringify(profileJsonSchema(), null, 1)}\n`
}
