/*
 * What `npm start`, `npm test` and their like run: checks Node, installs the dependencies when they are missing or the
 * lock file has changed, and goes on in this same process, so that signals and the exit code are simply its own.
 * Plain JavaScript without dependencies, since nothing is installed yet; old enough in its grammar to tell an old Node so.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OLDEST_NODE = [20, 11]

const root = dirname(dirname(fileURLToPath(import.meta.url)))

async function main() {
  const [command = 'start', ...args] = process.argv.slice(2)
  requireNode()
  await install()
  if (command === 'test') {
    process.chdir(root)
    await go(join(root, 'node_modules', 'vitest', 'vitest.mjs'), ['run', ...args])
  } else if (command === 'bench') {
    await go(join(root, 'bench', 'bench.mjs'), args)
  } else if (command === 'fuzz') {
    await go(join(root, 'test', 'fuzz', 'fuzz.mjs'), args)
  } else {
    await go(join(root, 'cli', 'bihuan.mjs'), [command, ...args])
  }
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return
  fail(`Bihuan needs Node ${OLDEST_NODE.join('.')} or newer, and this is ${process.versions.node}. Install a current Node and try again.`)
}

/** Of several at once (`npm start` in two terminals) one installs and the others wait for it. */
async function install() {
  if (isInstalled()) return
  const release = await lock(join(root, '.install.lock'))
  try {
    if (isInstalled()) return
    console.log('Installing the dependencies (npm ci) …')
    const { command, args } = npm()
    const done = spawnSync(command, [...args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
      cwd: root,
      stdio: 'inherit',
    })
    if (done.error) fail(`npm could not be run: ${done.error.message}. Install npm, or run \`npm ci\` yourself.`)
    if (done.status !== 0) fail('The dependencies could not be installed; npm says above why.')
  } finally {
    release()
  }
}

/** Whether what npm has noted as installed is what the lock file asks for. */
function isInstalled() {
  const wanted = readJson(join(root, 'package-lock.json'))
  // npm writes this file last, so half an installation has none.
  const installed = readJson(join(root, 'node_modules', '.package-lock.json'))
  if (!wanted || !installed) return false
  return Object.entries(wanted.packages).every(([path, entry]) => {
    if (path === '') return true
    const found = installed.packages[path]
    // Optional ones are for other platforms, mostly.
    return found ? found.version === entry.version : entry.optional === true
  })
}

/** The npm that runs us, else the one on PATH. */
function npm() {
  const running = process.env.npm_execpath
  if (running && running.endsWith('npm-cli.js')) return { command: process.execPath, args: [running] }
  return { command: 'npm', args: [] }
}

async function lock(path) {
  for (let waiting = false; ; waiting = true) {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx' })
      const remove = () => rmSync(path, { force: true })
      process.once('exit', remove)
      return () => {
        process.removeListener('exit', remove)
        remove()
      }
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`The dependencies cannot be installed here: ${error.message}`)
    }
    if (isAbandoned(path)) rmSync(path, { force: true })
    else if (!waiting) console.log(`Process ${readText(path)} is installing the dependencies; waiting for it (it holds ${path}) …`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

function isAbandoned(path) {
  const pid = Number(readText(path))
  try {
    // Still empty: made a moment ago, unless its maker died in that moment.
    if (!pid) return Date.now() - statSync(path).mtimeMs > 5_000
    process.kill(pid, 0)
    return false
  } catch (error) {
    return error.code === 'ESRCH'
  }
}

async function go(script, args) {
  if (!existsSync(script)) fail(`${script} is not there.`)
  process.argv = [process.argv[0], script, ...args]
  await import(pathToFileURL(script).href)
}

function readJson(path) {
  const text = readText(path)
  return text === '' ? undefined : JSON.parse(text)
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

await main()
