/** Numbers as a report writes them, alike in all of our languages. */

/** `1,234` */
export function countText(value: number): string {
  return grouped.format(value)
}

const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** `94.1%` */
export function shareText(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}
