/** Rows of what happened just before may come this much later, from an API that died in between: what is known of an instant is all there by then. */
export const settles = 'PT2M'
