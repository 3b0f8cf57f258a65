#!/usr/bin/env node
// Runs the command line, and builds it first on a checkout that has only been installed.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const dist = new URL('../dist/', import.meta.url)
const root = fileURLToPath(new URL('../../../', import.meta.url))

// The compiler writes its notes last, so that half of a build is not taken for one.
if (!['main/cli.js', '.tsbuildinfo'].every((file) => existsSync(new URL(file, dist)))) build()
await import('../dist/main/cli.js')

function build() {
  console.error('Building Rosette, once...')
  const compiler = `${root}node_modules/typescript/bin/tsc`
  const options = { cwd: root, encoding: 'utf8' }
  const { status, stdout } = spawnSync(process.execPath, [compiler, '-b', 'apps/server'], options)
  if (status === 0) return
  console.error('Rosette could not be built. Run `npm install`, then `npm run build`.')
  if (stdout) console.error(stdout.trim())
  process.exit(2)
}
