import { execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const requirements = here('badge-validator.requirements.txt')

/** What the validator says about one badge. */
export type ValidatorReport = {
  readonly valid: boolean
  readonly errorCount: number
  readonly warningCount: number
  readonly messages: readonly { readonly name: string; readonly result: string }[]
}

/** Badges as text or address, and all documents that they may lead to. */
export type ValidatorQuestion = {
  readonly documents: Readonly<Record<string, unknown>>
  readonly badges: readonly { readonly badge: string; readonly recipient?: object }[]
}

/**
 * Installs the validator once, in a folder that is kept: a minute the first time, nothing after.
 * Answers with why not, where there is no Python with `venv` or no package index.
 */
export async function installValidator(): Promise<{ python: string } | { missing: string }> {
  const version = await run('python3', ['-c', 'import ensurepip, sys; print(sys.version)']).catch(
    () => undefined,
  )
  if (version === undefined) return { missing: 'Python with venv is missing' }
  const name = createHash('sha256').update(readFileSync(requirements)).update(version.stdout)
  const folder = here(`../../../.rosette/badge-validator-${name.digest('hex').slice(0, 16)}`)
  const python = `${folder}/bin/python`
  const ready = `${folder}/ready`
  if (existsSync(ready)) return { python }
  rmSync(folder, { recursive: true, force: true })
  await run('python3', ['-m', 'venv', folder])
  // Old pins of the validator do not build on a Python of today, so none are followed but ours.
  const install = ['-m', 'pip', 'install', '-q', '--no-deps', '-r', requirements]
  try {
    await run(python, install)
  } catch (error) {
    if (isUnreachable(error)) return { missing: 'the Python package index does not answer' }
    throw error
  }
  writeFileSync(ready, '')
  return { python }
}

/** Asks the validator about badges; it sees the given documents and nothing else. */
export async function askValidator(
  python: string,
  question: ValidatorQuestion,
): Promise<readonly ValidatorReport[]> {
  const child = spawn(python, [here('badge-validator.py')], { stdio: ['pipe', 'pipe', 'pipe'] })
  child.stdin.end(JSON.stringify(question))
  const [answer, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
  try {
    return JSON.parse(answer)
  } catch (cause) {
    throw new Error(`The validator did not answer: ${complaints.slice(-2000)}`, { cause })
  }
}

function isUnreachable(error: unknown): boolean {
  return /connection|timed? ?out|resolve|unreachable/i.test(String(Object(error).stderr))
}
