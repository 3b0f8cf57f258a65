import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

const running = new Set()

// A command that outlives this script would keep ports and databases busy.
process.on('exit', endAll)
const interrupted = () => process.exit(130)

/**
 * Runs a command from the top of the repository and answers with its exit code and what it
 * printed, which is also shown as it comes when `show` is set. Never throws: what cannot start
 * fails with code 127. A command that outlasts `limit` seconds is ended with all it started.
 */
export async function run(command, args, { show = false, env = {}, limit = 0 } = {}) {
  const started = performance.now()
  const colour = show && process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, ...colour, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // Leads a process group, so that ending it also ends what it started.
    detached: true,
  })
  if (running.size === 0) watchSignals('on')
  running.add(child)

  let output = ''
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output += text
      if (show) process[name].write(text)
    })
  }
  let timedOut = false
  const timer =
    limit &&
    setTimeout(() => {
      timedOut = true
      killGroup(child, 'SIGTERM')
      setTimeout(() => killGroup(child, 'SIGKILL'), 5_000).unref()
    }, limit * 1000)

  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += `${command}: ${error.message}\n`
      resolve(127)
    })
    const codeOf = (status, signal) => status ?? 128 + constants.signals[signal]
    child.once('close', (status, signal) => resolve(codeOf(status, signal)))
    // Something it left behind may hold its output open for ever; what matters has been printed.
    child.once('exit', (...end) => setTimeout(() => resolve(codeOf(...end)), 3_000).unref())
  })
  clearTimeout(timer)
  running.delete(child)
  if (running.size === 0) watchSignals('off')
  if (timedOut) output += `Ended after ${limit} seconds, which is its limit.\n`
  return { code: timedOut ? 124 : code, output, seconds: (performance.now() - started) / 1000 }
}

const tools = {
  biome: '@biomejs/biome/bin/biome',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'knip/bin/knip.js',
  'openapi-typescript': 'openapi-typescript/bin/cli.js',
  tsc: 'typescript/bin/tsc',
  vite: 'vite/bin/vite.js',
  vitest: 'vitest/vitest.mjs',
}

/** Runs a development tool from node_modules with this same Node. */
export function runTool(name, args, options) {
  return run(process.execPath, [`${root}node_modules/${tools[name]}`, ...args], options)
}

function endAll() {
  for (const child of running) killGroup(child, 'SIGKILL')
}

// Only while commands run: the server that start.mjs turns into has signal handlers of its own.
function watchSignals(onOrOff) {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process[onOrOff](signal, interrupted)
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    // It has ended by itself.
  }
}
