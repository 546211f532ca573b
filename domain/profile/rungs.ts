/** How a rung of a ladder says when it speaks. */

/** A share of the target or a time, after which it speaks again. */
export const repeatForm = /^(?:[1-9]\d{0,3}%|PT(?=\d*[1-9])(?:\d+H)?(?:\d+M)?(?:\d+S)?)$/
/** How far from the due instant it speaks. */
export const offsetForm = /^[+-]?(?:\d{1,4}%|PT(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)$/
/** A forgotten ticket must not fill its log. */
export const mostTimes = 50

/** Whether an offset is the due instant itself. */
export function isNothing(at: string): boolean {
  return /^[+-]?(?:0+%|PT(?:0+[HMS])+)$/.test(at)
}
