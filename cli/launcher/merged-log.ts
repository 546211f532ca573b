import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from 'node:fs'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { prettyFactory } from 'pino-pretty'
import { pino } from 'pino'
import type { LogLevel } from '../../runtime/config.ts'
import { readable } from '../../runtime/logging.ts'
import { entryOf } from './log-entry.ts'

/** All parts' logs as one, readable: on the terminal and in `bihuan.log`. Each part keeps its own file besides. */
export type MergedLog = {
  /** The launcher's own words. */
  say(message: string): void
  /** The file that a part appends its log to; what it appends from now on is shown. */
  follow(part: string): string
  /** While parts are being stopped they complain of one another's absence: from now on that goes to their files alone. */
  hush(): void
  close(): void
}

/** Short enough to look immediate. */
const LOOK_EVERY_MS = 100
/** A log file is set aside as `.1` at this size, so that the two of them never fill a disk. */
const LARGEST_BYTES = 50_000_000

export function openMergedLog(folder: string, level: LogLevel): MergedLog {
  const threshold = pino.levels.values[level] ?? Number.POSITIVE_INFINITY
  const colour = process.stdout.isTTY && !process.env['NO_COLOR']
  const forTerminal = prettyFactory(readable(colour))
  const forFile = prettyFactory(readable(false))
  const merged = join(folder, 'bihuan.log')
  setAside(merged)
  const followed: Followed[] = []
  let hushed = false
  // A terminal that is closed, or a pipe that nobody reads any more, must not end us.
  process.stdout.on('error', () => undefined)

  const write = (entry: object): void => {
    process.stdout.write(forTerminal(entry))
    try {
      appendFileSync(merged, forFile(entry))
    } catch {
      // A full disk must not end what still runs.
    }
  }
  const look = (): void => {
    for (const file of followed) {
      for (const line of newLines(file)) {
        const entry = entryOf(file.part, line)
        if (entry.level >= threshold && !hushed) write(entry)
      }
    }
  }
  const timer = setInterval(look, LOOK_EVERY_MS)

  return {
    say: (message) => write({ level: 30, time: Date.now(), part: 'bihuan', msg: message }),
    follow(part) {
      const path = join(folder, `${part}.log`)
      setAside(path)
      const descriptor = openSync(path, 'a+', 0o600)
      followed.push({ part, path, descriptor, offset: fstatSync(descriptor).size, rest: '', decoder: new StringDecoder('utf8') })
      return path
    },
    hush() {
      look()
      hushed = true
    },
    close() {
      clearInterval(timer)
      look()
      for (const { descriptor } of followed) closeSync(descriptor)
    },
  }
}

type Followed = { part: string; path: string; descriptor: number; offset: number; rest: string; decoder: StringDecoder }

const buffer = Buffer.alloc(65_536)

function newLines(file: Followed): string[] {
  const lines: string[] = []
  for (let read = -1; read !== 0;) {
    read = readSync(file.descriptor, buffer, 0, buffer.length, file.offset)
    file.offset += read
    const parts = (file.rest + file.decoder.write(buffer.subarray(0, read))).split('\n')
    file.rest = parts.pop() ?? ''
    lines.push(...parts.filter((line) => line.trim() !== ''))
  }
  if (file.offset > LARGEST_BYTES) {
    // The part holds the file open for appending: copy and empty it instead of renaming it.
    copyFileSync(file.path, `${file.path}.1`)
    ftruncateSync(file.descriptor, 0)
    file.offset = 0
  }
  return lines
}

function setAside(path: string): void {
  if (existsSync(path) && statSync(path).size > LARGEST_BYTES) renameSync(path, `${path}.1`)
}
