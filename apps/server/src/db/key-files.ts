import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

const keyBytes = 32

export type KeyFiles = { readonly current: Buffer | undefined; readonly next: Buffer | undefined }

export function keyFileOf(dataDir: string): string {
  return join(dataDir, 'master-key')
}

function nextKeyFileOf(dataDir: string): string {
  return `${keyFileOf(dataDir)}.next`
}

/** The key in use, and the one that was to follow it when a change was interrupted. */
export async function readKeyFiles(dataDir: string): Promise<KeyFiles> {
  // In this order: whoever puts the next one in its place meanwhile is then seen to have done so.
  const next = await readKey(nextKeyFileOf(dataDir))
  return { next, current: await readKey(keyFileOf(dataDir)) }
}

export function newKey(): Buffer {
  return randomBytes(keyBytes)
}

/** Makes the first key; of two processes that do so at once, the second reads the first's. */
export async function makeKeyFile(dataDir: string): Promise<Buffer> {
  const path = keyFileOf(dataDir)
  await withDraft(path, newKey(), async (draft) => {
    // A link appears whole or not at all, and only once.
    await link(draft, path).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  })
  await syncFolder(dataDir)
  const key = await readKey(path)
  if (key === undefined) throw new Error(`The master key ${path} vanished while it was made.`)
  return key
}

/** Keeps the key that is to follow, beside the one in use, so that it outlives us from now on. */
export async function writeNextKey(dataDir: string, key: Buffer): Promise<void> {
  const path = nextKeyFileOf(dataDir)
  await withDraft(path, key, (draft) => rename(draft, path))
  await syncFolder(dataDir)
}

/** The next key takes the place of the one in use. */
export async function adoptNextKey(dataDir: string): Promise<void> {
  await rename(nextKeyFileOf(dataDir), keyFileOf(dataDir)).catch((error) => {
    // Another process that was starting has done it.
    if (error.code !== 'ENOENT') throw error
  })
  await syncFolder(dataDir)
}

export async function dropNextKey(dataDir: string): Promise<void> {
  await rm(nextKeyFileOf(dataDir), { force: true })
}

async function withDraft(
  path: string,
  key: Buffer,
  publish: (draft: string) => Promise<void>,
): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true })
  const draft = `${path}.${randomUUID()}`
  try {
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(`${key.toString('base64')}\n`)
    await file.sync()
    await file.close()
    await publish(draft)
  } finally {
    await rm(draft, { force: true })
  }
}

// A new name outlives a power cut only when its folder was flushed too.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function readKey(path: string): Promise<Buffer | undefined> {
  const text = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const key = Buffer.from(text.trim(), 'base64')
  if (key.length === keyBytes) return key
  throw new Error(
    `The master key ${path} is damaged: it holds ${key.length} bytes instead of ${keyBytes}. Restore it from a backup.`,
  )
}
