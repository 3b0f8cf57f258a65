import { readFileSync } from 'node:fs'
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

type Claim =
  | { readonly ours: true; release(): Promise<void> }
  | { readonly ours: false; readonly owner: number }

/**
 * Makes this process the one owner of a data directory, or tells who is. The file is created
 * exclusively; one that names a process which has ended is stale and replaced.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  const path = join(folder, 'owner')
  for (;;) {
    const file = await open(path, 'wx').catch((error) => {
      if (error.code === 'EEXIST') return undefined
      throw error
    })
    if (file !== undefined) {
      await file.writeFile(`${process.pid} ${startOf(process.pid)}\n`)
      await file.close()
      return { ours: true, release: () => rm(path, { force: true }) }
    }
    const [pid = '', started = ''] = (await readFile(path, 'utf8').catch(() => ''))
      .trim()
      .split(' ')
    // The start time tells a living owner from a stranger that was given the same number.
    if (isAlive(Number(pid)) && startOf(Number(pid)) === started) {
      return { ours: false, owner: Number(pid) }
    }
    await rm(path, { force: true })
  }
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

// Field 22 of /proc/<pid>/stat, in clock ticks since boot; elsewhere than on Linux unknown.
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
  } catch {
    return ''
  }
}
