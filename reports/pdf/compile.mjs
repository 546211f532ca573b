/*
 * Runs in a thread of its own, one for each PDF: what the compiler keeps of a document is given back when the thread ends, and one that does not
 * come to an end can be ended. Plain JavaScript, since a thread that first loads a compiler of TypeScript would need more than this does.
 */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'

const { tools, template, data, madeAt, isTagged } = workerData

const { NodeCompiler } = createRequire(join(tools, 'package.json'))('@myriaddreamin/typst-ts-node-compiler')
const fonts = ['400Regular', '700Bold'].map((weight) => join(tools, 'node_modules', '@expo-google-fonts', 'noto-sans-sc', weight))
// Files outside the workspace are refused.
const compiler = NodeCompiler.create({ workspace: dirname(template), fontArgs: [{ fontPaths: fonts }] })
try {
  const pdf = new Uint8Array(compiler.pdf({ mainFilePath: template, inputs: { data } }, { pdfTags: isTagged, creationTimestamp: madeAt }))
  parentPort.postMessage(pdf, [pdf.buffer])
} catch (error) {
  // What the compiler throws says why in its code.
  throw new Error(`the compiler refused ${template}: ${error.code ?? error.message}`, { cause: error })
} finally {
  // It remembers beyond the thread.
  compiler.evictCache(0)
}
