import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import type { Account } from './processes.ts'

/**
 * The account that Postgres runs as: our own (undefined) unless we are root, which Postgres refuses. Then the owner of
 * the cluster that is there already, else `postgres`, made when missing, else any other account that is not root.
 * @throws Error when we are root and the machine has no other account and cannot make one
 */
export function postgresAccount(say: (message: string) => void, cluster?: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = cluster === undefined ? undefined : statSync(cluster)
  if (owner && owner.uid !== 0) return { name: nameOf(owner.uid), uid: owner.uid, gid: owner.gid }
  const existing = findAccount('postgres')
  if (existing) return existing
  for (const [command, ...args] of waysToMakeOne) {
    if (command && spawnSync(command, args, { stdio: 'ignore' }).status === 0) {
      const made = findAccount('postgres')
      if (made) {
        say('Postgres refuses to run as root: made a system account "postgres" for it.')
        return made
      }
    }
  }
  const fallback = findAccount('nobody') ?? findAccount('daemon')
  if (fallback) {
    say(`Postgres refuses to run as root and no account could be made for it: it runs as "${fallback.name}".`)
    return fallback
  }
  throw new Error(
    'Postgres refuses to run as root, and this machine has no other account and cannot make one. ' +
      'Run as an ordinary user, or set DATABASE_URL to a Postgres of your own.',
  )
}

/** Debian and Red Hat have `useradd`, Alpine's busybox has `adduser`. */
const waysToMakeOne = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/bin/sh', 'postgres'],
  ['adduser', '-S', '-D', '-H', 'postgres'],
]

function findAccount(name: string): Account | undefined {
  const line = accounts().find((entry) => entry[0] === name)
  const uid = Number(line?.[2])
  const gid = Number(line?.[3])
  return line && uid > 0 && gid > 0 ? { name, uid, gid } : undefined
}

function nameOf(uid: number): string {
  return accounts().find((entry) => Number(entry[2]) === uid)?.[0] ?? String(uid)
}

function accounts(): string[][] {
  // `getent` knows accounts from directories too; where it is missing the file is all there is.
  const listed = spawnSync('getent', ['passwd'], { encoding: 'utf8' })
  const text = listed.status === 0 ? listed.stdout : readFileSync('/etc/passwd', 'utf8')
  return text.split('\n').map((line) => line.split(':'))
}
