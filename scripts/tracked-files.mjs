import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { root } from './run-command.mjs'

/** The files that are, or are about to be, in the repository. */
export function trackedFiles() {
  // The checkout may belong to another user than the one who runs this, as it does in many CIs.
  const trust = ['-c', `safe.directory=${root.slice(0, -1)}`]
  const args = [...trust, 'ls-files', '--cached', '--others', '--exclude-standard', '-z']
  const names = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\0')
  return names.filter((name) => name !== '' && existsSync(`${root}${name}`))
}
