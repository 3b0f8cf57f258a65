import { spawnSync } from 'node:child_process'
import { run } from './run-command.mjs'

/** Programs that npm cannot bring, the Debian package of each, and who needs it. */
const programs = [
  { name: 'redis-server', package: 'redis-server', neededBy: 'the Redis tests' },
  { name: 'chromium', package: 'chromium', neededBy: 'the browser tests' },
  {
    name: 'python3',
    package: 'python3-venv',
    // Debian leaves this module out of python3 itself.
    check: "python3 -c 'import ensurepip'",
    neededBy: 'the tests against another validator',
  },
]

/** Installs what is missing where that is possible; elsewhere says what is skipped without it. */
export async function ensureSystemPackages() {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length === 0) return
  if (process.getuid?.() === 0 && isInstalled('apt-get')) {
    const names = missing.map((program) => program.package)
    console.log(`Installing ${names.join(' and ')}...`)
    if ((await install(names)) || (await install(names))) return
  }
  for (const program of missing.filter((one) => !isThere(one))) {
    console.log(`Without ${program.name}, ${program.neededBy} are skipped; install it to run them.`)
  }
}

async function install(names) {
  // Level 1 keeps Debian from starting a service that nobody asked for.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const update = await run('apt-get', ['update', '-q'], { env, limit: 180 })
  const args = ['install', '-qy', '--no-install-recommends', ...names]
  const { code, output } = await run('apt-get', args, { env, limit: 300 })
  if (code !== 0) console.log(`${update.output}${output}`.trim().split('\n').slice(-5).join('\n'))
  return code === 0
}

function isThere({ name, check = `command -v ${name}` }) {
  return spawnSync('sh', ['-c', check], { stdio: 'ignore' }).status === 0
}

function isInstalled(name) {
  return isThere({ name })
}
