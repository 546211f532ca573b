import { execa } from 'execa'
import { describe, expect, it } from 'vitest'
import { cli } from '../support/launcher.ts'

/** What a command does when whoever reads it has seen enough: `bihuan … | head -1`. */

describe('a command whose reader goes away', () => {
  it.each([
    ['what it says', '2>&3', 'profiles/tech-support.yaml', 0],
    ['what it complains of', '2>&1 1>&3', 'profiles/no-such-profile.yaml', 1],
  ] as const)('ends as it would have, and says nothing of it: of %s', async (_, streams, file, code) => {
    // Of the pipe nobody reads any more when it begins; 3 is what is read here.
    const script = `exec 3>&1; { sleep 0.2; "$@" ${streams}; echo "ended $?" >&3; } | true`
    const { stdout } = await execa('sh', ['-c', script, 'sh', process.execPath, cli, 'profile', 'check', file])
    expect(stdout).toBe(`ended ${code}`)
  })
})
