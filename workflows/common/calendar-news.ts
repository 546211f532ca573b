/**
 * The command by which the product tells processes that their working calendar has a new version (X2). A type whose promises count by a
 * calendar has a command of that name, and its row says by which version it counts.
 */
export const calendarNewsName = 'change-calendar'
