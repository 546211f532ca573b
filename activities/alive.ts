import { heartbeat } from '@temporalio/activity'

const beatMs = 5_000

/** Says every few seconds that what takes long is being worked on; a worker that has died does not, and another one begins. */
export async function alive<T>(work: () => Promise<T>): Promise<T> {
  const beats = setInterval(() => heartbeat(), beatMs)
  try {
    return await work()
  } finally {
    clearInterval(beats)
  }
}
