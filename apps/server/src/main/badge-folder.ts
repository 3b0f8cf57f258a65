import { createReadStream, type Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Report } from '@rosette/open-badges'
import { cannot, reasonOf } from './command-error.js'
import { problemIn } from './report-lines.js'

/** What came of one file of a folder; `problem` is what counts most against it. */
export type FileVerdict = {
  readonly file: string
  readonly kind: Report['kind']
  readonly verdict: Report['verdict']
  readonly problem?: string
}

export type FolderDeps = {
  readonly verify: (badge: Uint8Array) => Promise<Report>
  readonly onProgress?: (done: number, all: number) => void
}

/** No badge is larger; one byte more is read, so that the verifier says so. */
const mostBytes = 32 * 1024 * 1024

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
  { verify, onProgress }: FolderDeps,
): Promise<readonly FileVerdict[]> {
  const verdicts: FileVerdict[] = []
  const paths = await filesIn(folder)
  // Said to be all valid, an empty folder would hide a mistyped name.
  if (paths.length === 0) throw cannot(`${folder} holds no file. Name a folder of badges.`)
  // One by one: a folder of many images is not to be held in memory at once.
  for (const path of paths) {
    const report = await verify(await readAtMost(path))
    const problem = problemIn(report)
    const { kind, verdict } = report
    const file = relative(folder, path)
    verdicts.push({ file, kind, verdict, ...(problem === undefined ? {} : { problem }) })
    onProgress?.(verdicts.length, paths.length)
  }
  return verdicts
}

async function readAtMost(path: string): Promise<Uint8Array> {
  try {
    return await buffer(createReadStream(path, { end: mostBytes }))
  } catch (error) {
    throw cannot(`${path} cannot be read: ${reasonOf(error)}. Name readable files.`, error)
  }
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
