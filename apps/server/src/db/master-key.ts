import { randomBytes, randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'

const keyBytes = 32

/**
 * The key under which secrets are sealed at rest: the one the operator chose, or one made once and
 * kept in the data directory, readable by its owner only.
 */
export async function loadMasterKey(options: {
  readonly dataDir: string
  readonly chosen: Buffer | undefined
}): Promise<Buffer> {
  if (options.chosen !== undefined) return options.chosen
  const path = join(options.dataDir, 'master-key')
  return (await readKey(path)) ?? (await makeKey(path, options.dataDir))
}

async function makeKey(path: string, dataDir: string): Promise<Buffer> {
  await mkdir(dataDir, { recursive: true })
  const draft = `${path}.${randomUUID()}`
  try {
    const file = await open(draft, 'wx', 0o600)
    await file.writeFile(`${randomBytes(keyBytes).toString('base64')}\n`)
    await file.sync()
    await file.close()
    // A link appears whole or not at all, and only once: of two processes, the second reads the first's.
    await link(draft, path).catch((error) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  const key = await readKey(path)
  if (key === undefined) throw new Error(`The master key ${path} vanished while it was made.`)
  return key
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
