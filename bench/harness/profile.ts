/** What the bench's tickets are of. */
export const profileOfBench = 'tech-support'
