import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { root, run, runTool } from './run-command.mjs'

const oldestNode = [20, 19]

/** Ends the script with a sentence when Node is too old to run anything here. */
export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return
  const found = process.versions.node
  console.error(`Rosette needs Node ${oldestNode.join('.')} or newer, and this is Node ${found}.`)
  console.error('Install a newer one from https://nodejs.org and try again.')
  process.exit(1)
}

/** Installs the dependencies when they are missing or not those of package-lock.json. */
export async function ensureInstalled() {
  if (isInstalled()) return
  console.log('Installing dependencies, which takes about a minute the first time...')
  const { code, output, seconds } = await run('npm', ['ci', '--include=dev', '--loglevel=error'])
  if (code !== 0) end('The dependencies could not be installed:', output)
  console.log(`Installed in ${Math.round(seconds)} s.`)
}

/** Compiles what changed since the last time: the server and its libraries, and beside them the console. */
export async function build() {
  const [server, web] = await Promise.all([runTool('tsc', ['-b']), buildConsole()])
  if (server.code !== 0) end('The build failed:', server.output)
  if (web.code !== 0) end('The build of the console failed:', web.output)
}

const consoleFolder = 'apps/web'
const consoleSources = [
  ...['src', 'public', 'index.html', 'vite.config.ts', 'package.json'].map(
    (p) => `${consoleFolder}/${p}`,
  ),
  'packages/contract/src',
  'packages/engine/src',
  'package-lock.json',
]

async function buildConsole() {
  // Made later, it would make its folder look changed.
  mkdirSync(`${root}${consoleFolder}/src/generated`, { recursive: true })
  const built = changedAt(`${consoleFolder}/dist/index.html`)
  if (consoleSources.every((path) => changedAt(path) <= built)) return { code: 0, output: '' }
  return await runTool('vite', ['build', consoleFolder, '--logLevel', 'warn'])
}

/** When a file, or the newest below a folder, was written; never, if it is not there. */
function changedAt(path) {
  const entry = statSync(`${root}${path}`, { throwIfNoEntry: false })
  if (entry === undefined) return 0
  if (!entry.isDirectory()) return entry.mtimeMs
  // Types are generated when they are checked, and are nothing of what is built.
  const names = readdirSync(`${root}${path}`).filter((name) => name !== 'generated')
  return Math.max(entry.mtimeMs, ...names.map((name) => changedAt(`${path}/${name}`)))
}

// Contents are compared, not dates: a checkout gives every file a new date.
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const installed = readPackages('node_modules/.package-lock.json')
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || optional || (installed[path] && installed[path].version === version),
  )
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(`${root}${file}`, 'utf8')).packages
  } catch {
    return {}
  }
}

function end(sentence, output) {
  console.error(sentence)
  console.error(output.trim())
  process.exit(1)
}
