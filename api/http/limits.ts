/** Bytes of a JSON or YAML body. */
export const bodyLimitBytes = 1024 * 1024
