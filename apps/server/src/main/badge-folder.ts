import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import type { Report } from '@rosette/open-badges'
import { cannot, reasonOf } from './command-error.js'
import { readBytes } from './input.js'

/** What came of one file of a folder; `problem` is what counts most against it. */
export type FileVerdict = {
  readonly file: string
  readonly kind: Report['kind']
  readonly verdict: Report['verdict']
  readonly problem?: string
}

/** Whether a path names a folder; what cannot be read is left for the reader to report. */
export async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}

/** Verifies every file in a folder and the folders in it, in the order of their names. */
export async function verifyFolder(
  folder: string,
  verify: (badge: Uint8Array) => Promise<Report>,
): Promise<readonly FileVerdict[]> {
  const verdicts: FileVerdict[] = []
  // One by one: a folder of many images is not to be held in memory at once.
  for (const path of await filesIn(folder)) {
    const { kind, verdict, checks } = await verify(await readBytes(path))
    const file = relative(folder, path)
    const problem = problemIn(checks, verdict)
    verdicts.push({ file, kind, verdict, ...(problem === undefined ? {} : { problem }) })
  }
  return verdicts
}

// Something unknown may be told by a check that was skipped, such as an issuer nobody could ask.
function problemIn(checks: Report['checks'], verdict: Report['verdict']): string | undefined {
  if (verdict === 'valid') return undefined
  const first = (wanted: string) => checks.find(({ outcome }) => outcome === wanted)?.message
  return first('failed') ?? first('skipped')
}

// Links are not followed: they could lead out of the folder, or round in it.
async function filesIn(folder: string): Promise<readonly string[]> {
  let entries: readonly Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true, recursive: true })
  } catch (error) {
    throw cannot(`${folder} cannot be read: ${reasonOf(error)}. Name a readable folder.`, error)
  }
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
