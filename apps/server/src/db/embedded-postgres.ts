import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { claimFolder, isAlive } from './folder-owner.js'
import {
  type Binaries,
  chooseUser,
  findBinaries,
  type RunAs,
  reachableFolder,
} from './postgres-binaries.js'

export type EmbeddedPostgres = {
  readonly url: string
  readonly folder: string
  /** False when another process of ours started the server and we only use it. */
  readonly owned: boolean
  close(): Promise<void>
}

type Options = {
  readonly dataDir: string
  /** Only the owner starts and stops the server; a guest uses the one that runs. */
  readonly mustOwn: boolean
}

/** Starts the PostgreSQL of the data directory, or joins the one that another process of ours runs on it. */
export async function openEmbeddedPostgres({
  dataDir,
  mustOwn,
}: Options): Promise<EmbeddedPostgres> {
  const runAs = await chooseUser()
  await mkdir(dataDir, { recursive: true })
  const folder = await reachableFolder(join(dataDir, 'postgres'), runAs)
  const claim = await claimFolder(dataDir)
  if (!claim.ours) {
    if (mustOwn) {
      const who = `Rosette is already running on ${dataDir} (process ${claim.owner}).`
      throw new Error(`${who} Stop it first, or set ROSETTE_DATA_DIR to another folder.`)
    }
    return await joinRunning(folder)
  }
  try {
    return await startOwned(folder, runAs, claim.release)
  } catch (error) {
    await claim.release()
    throw error
  }
}

async function startOwned(
  folder: string,
  runAs: RunAs | undefined,
  release: () => Promise<void>,
): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries(runAs)
  if (!existsSync(passwordFileOf(folder))) await initialise(binaries, folder, runAs)
  // A server whose owner was killed still runs; it must end before a new one can start.
  await stopLeftover(folder)
  const port = await freePort()
  const stop = await keepRunning({ binaries, folder, port, runAs })
  return {
    url: await urlOf(folder, port),
    folder,
    owned: true,
    async close() {
      await stop()
      await release()
    },
  }
}

// Whatever ends the server (the kernel, short of memory, say), it is back within a second.
async function keepRunning(start: Start): Promise<() => Promise<void>> {
  let stopping = false
  let server = await startServer(start)
  const restart = async () => {
    if (stopping) return
    await pause(500)
    server = await startServer(start).catch(() => server)
    if (server.exitCode === null && server.signalCode === null) server.once('exit', restart)
    else await restart()
  }
  server.once('exit', restart)
  return async () => {
    stopping = true
    await stopServer(server)
  }
}

async function joinRunning(folder: string): Promise<EmbeddedPostgres> {
  const running = await readPidFile(folder)
  if (running === undefined)
    throw new Error(`The database in ${folder} is just starting. Try again.`)
  return { url: await urlOf(folder, running.port), folder, owned: false, close: async () => {} }
}

async function initialise(binaries: Binaries, folder: string, runAs: RunAs | undefined) {
  // What an interrupted first start left behind is incomplete and holds nothing.
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
  // It gets its final name last: that the file exists means that the database is complete.
  const passwordFile = `${passwordFileOf(folder)}.new`
  await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 })
  if (runAs !== undefined) {
    await chown(folder, runAs.uid, runAs.gid)
    await chown(passwordFile, runAs.uid, runAs.gid)
  }
  const options = ['--username=rosette', '--auth=scram-sha-256', '--encoding=UTF8', '--no-sync']
  const locale = ['--locale-provider=builtin', '--locale=C.UTF-8']
  const args = ['-D', folder, ...options, ...locale, `--pwfile=${passwordFile}`]
  const child = spawn(binaries.initdb, args, {
    ...spawnAs(runAs),
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  await succeeded(child, 'The database could not be created')
  await rename(passwordFile, passwordFileOf(folder))
}

// The shell's standard input closes when we end, however we end; then the server is shut down in order
// ("fast": connections are ended, everything is flushed), and nothing of us is left behind.
const endsWithUs = `
exec 3<&0
"$@" </dev/null & server=$!
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) & watcher=$!
wait $server; code=$?
kill $watcher 2>/dev/null
exit $code`

type Start = {
  readonly binaries: Binaries
  readonly folder: string
  readonly port: number
  readonly runAs: RunAs | undefined
}

async function startServer({ binaries, folder, port, runAs }: Start): Promise<ChildProcess> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_wal_size=2GB',
    'timezone=UTC',
    'log_min_messages=fatal',
  ].flatMap((s) => ['-c', s])
  const command = [binaries.postgres, '-D', folder, '-p', String(port), ...settings]
  // Its own process group, so that Ctrl-C reaches us alone and we stop it after our last write.
  const child = spawn('sh', ['-c', endsWithUs, 'sh', ...command], {
    ...spawnAs(runAs),
    cwd: folder,
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said = (said + chunk).slice(-4000)
  })
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`PostgreSQL did not start: ${said.trim()}`)
    const running = await readPidFile(folder)
    if (running?.ready && running.port === port) return child
    await pause(50)
  }
  throw new Error(`PostgreSQL did not become ready: ${said.trim()}`)
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const ended = new Promise((resolve) => server.once('exit', resolve))
  server.stdin?.end()
  await ended
}

async function stopLeftover(folder: string): Promise<void> {
  const running = await readPidFile(folder)
  if (running === undefined || !isAlive(running.pid)) return
  process.kill(running.pid, 'SIGINT')
  for (let tries = 0; tries < 600 && isAlive(running.pid); tries++) await pause(50)
}

// postmaster.pid: process id, folder, start time, port, socket folder, address, shared memory, state.
async function readPidFile(folder: string) {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n')
  if (lines[3] === undefined) return undefined
  return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

async function urlOf(folder: string, port: number): Promise<string> {
  const password = (await readFile(passwordFileOf(folder), 'utf8')).trim()
  return `postgres://rosette:${password}@127.0.0.1:${port}/postgres`
}

function passwordFileOf(folder: string): string {
  return `${folder}.password`
}

function spawnAs(runAs: RunAs | undefined) {
  return { ...runAs, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } }
}

async function succeeded(child: ChildProcess, what: string): Promise<void> {
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`${what}: ${said.trim()}`)
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
