import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { epochMs, type Instant } from '../../domain/instant.ts'
import type { Locale } from '../../domain/labels.ts'
import type { ReportModel, Signed } from '../../domain/reports/model.ts'
import { resolvePdfTools, type FetchOptions, type PdfTools } from '../../runtime/pdf-tools.ts'
import type { ReportDocument } from '../document.ts'
import { documentOf } from '../make.ts'
import { dataOf } from './data.ts'
import { lettersIn } from './letters.ts'

/**
 * A report as a PDF on A4. The same model, the same bytes: it says that it was made at the instant as of which it was reckoned. The first one
 * fetches what it is set with, which takes seconds, or minutes on a slow line.
 * @throws Error where that cannot be had, or the report cannot be set within a minute
 */
export async function pdf(model: ReportModel, signed: Signed, locale: Locale, options: FetchOptions = {}): Promise<Uint8Array> {
  return pdfOf(documentOf(model, signed, locale), { locale, asOf: model.asOf }, options)
}

/** The same of any document; `asOf`: as of which instant it was reckoned. */
export async function pdfOf(
  document: ReportDocument,
  { locale, asOf }: { readonly locale: Locale; readonly asOf: Instant },
  options: FetchOptions = {},
): Promise<Uint8Array> {
  const { path } = await tools(options)
  const data = dataOf(document, locale, await (letters ??= lettersIn(path)))
  const madeAt = Math.floor(epochMs(asOf) / 1000)
  // Records are tagged, for readers that speak; tags are as much again of a file that is only looked at.
  return inTurn(() => compiled({ tools: path, template: fileOf('report.typ'), data, madeAt, isTagged: document.record !== null }))
}

/** Whether the tools in a folder work here. */
const works: PdfTools['works'] = (folder) =>
  compiled({ tools: folder, template: fileOf('probe.typ'), data: '', madeAt: 0, isTagged: false })

const pinned: PdfTools = {
  pins: fileOf('tools'),
  fonts: { package: '@expo-google-fonts/noto-sans-sc', kept: ['400Regular', '700Bold'] },
  compiler: '@myriaddreamin/typst-ts-node-compiler',
  works,
}

/** Several at once fetch once; after a failure the next one tries again. */
function tools(options: FetchOptions): ReturnType<typeof resolvePdfTools> {
  found ??= resolvePdfTools(pinned, options).catch((error: unknown) => {
    found = undefined
    throw error
  })
  return found
}

/** Of the font; read once, since it is the same for all. */
let letters: ReturnType<typeof lettersIn> | undefined

let found: ReturnType<typeof resolvePdfTools> | undefined

/** Each needs a hundred megabytes while it lasts, so they go one by one. */
function inTurn<T>(make: () => Promise<T>): Promise<T> {
  const made = last.then(make)
  last = made.catch(() => undefined)
  return made
}

let last: Promise<unknown> = Promise.resolve()

interface Job {
  readonly tools: string
  readonly template: string
  readonly data: string
  readonly madeAt: number
  readonly isTagged: boolean
}

/** The longest that was seen took two seconds; what takes a minute does not end. */
const patienceMs = 60_000

function compiled(workerData: Job): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(fileOf('compile.mjs'), { workerData, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 128 } })
    const tooLong = setTimeout(() => {
      reject(new Error(`the PDF was not made within ${patienceMs / 1000} s`))
      void thread.terminate()
    }, patienceMs)
    thread.once('message', (made) => {
      if (made instanceof Uint8Array) resolve(made)
    })
    thread.once('error', (error) => reject(new Error('the PDF could not be made', { cause: error })))
    thread.once('exit', (code) => {
      clearTimeout(tooLong)
      reject(new Error(`the PDF could not be made; its thread ended with ${code}`))
    })
  })
}

function fileOf(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}
