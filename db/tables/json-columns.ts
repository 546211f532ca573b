import type { ColumnType } from 'kysely'

export type JsonObject = Readonly<Record<string, unknown>>

/** Written as the text `json()` makes, read as what it says. */
export type Json<T> = ColumnType<T, string, string>
export type NullableJson<T> = ColumnType<T | null, string | null, string | null>
