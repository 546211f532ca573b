/**
 * What a file that is fetched is called: after the number of its process, which no other type shares, and the part of it; in letters that every
 * file system takes. `assessment-tech-support-monthly-2026-10-person-wang.pdf`
 */
export function fileNameOf(number: string, format: string, part?: string): string {
  const parts = part === undefined ? [number] : [number, part]
  return `${parts.join('-').replaceAll(/[^a-zA-Z0-9._-]+/g, '-')}.${format}`
}
