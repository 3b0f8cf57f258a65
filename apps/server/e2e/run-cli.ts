import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
export const commandFile = fileURLToPath(new URL('../bin/rosette.mjs', import.meta.url))

/** Compiles what has changed. Errors in types are the business of `npm run check`, and do not stop this. */
export function buildServer(): void {
  const compiler = `${root}node_modules/typescript/bin/tsc`
  spawnSync(process.execPath, [compiler, '-b', 'apps/server'], { cwd: root, stdio: 'ignore' })
}

export type Outcome = { readonly code: number; readonly stdout: string; readonly stderr: string }

type Options = {
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string | Uint8Array
}

/** Runs the real command line as a process of its own, without the settings of this one. */
export async function rosette(args: readonly string[], options: Options = {}): Promise<Outcome> {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [commandFile, ...args], {
    env: { PATH, HOME, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  // A command that ends without reading its input closes the pipe.
  child.stdin.on('error', () => {})
  child.stdin.end(options.stdin ?? '')
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve(status ?? -1))
  })
  return { code, stdout, stderr }
}
