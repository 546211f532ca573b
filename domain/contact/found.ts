/** A phone or an address that stands in a text. */
export interface Found {
  readonly from: number
  readonly to: number
  readonly mask: string
  /** What makes two contacts the same: `tel:…`, `mailto:…`. */
  readonly key: string
  /** What stands for everybody behind the switchboard, of a number with an extension: `base:…`. */
  readonly switchboard?: string
}
