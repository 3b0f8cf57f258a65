import {
  adoptNextKey,
  dropNextKey,
  type KeyFiles,
  keyFileOf,
  makeKeyFile,
  readKeyFiles,
} from './key-files.js'
import type { KeyFit } from './key-fit.js'

/** The master key cannot be used as it is; the sentence says what to do. */
export class MasterKeyRefused extends Error {
  override readonly name = 'MasterKeyRefused'
}

/** Tells how a key fits what is sealed in the database. */
export type FitOf = (key: Buffer) => Promise<KeyFit>

type Options = {
  readonly dataDir: string
  /** The key that the operator chose, in the settings. */
  readonly chosen: Buffer | undefined
  readonly fitOf: FitOf
}

/**
 * The key under which secrets are sealed at rest: the one the operator chose, or one made once and
 * kept in the data directory, readable by its owner only. Nobody may be changing it meanwhile.
 */
export async function loadMasterKey({ dataDir, chosen, fitOf }: Options): Promise<Buffer> {
  if (chosen !== undefined) return chosen
  const files = await readKeyFiles(dataDir)
  const key = files.next === undefined ? files.current : await settle(dataDir, files, fitOf)
  if (key !== undefined) return key
  // A new one would open nothing, and hide that the right one is missing.
  if ((await fitOf(Buffer.alloc(32))) !== 'nothing-sealed') {
    const what = `There is no master key in ${keyFileOf(dataDir)}, though secrets are sealed in the database.`
    throw new MasterKeyRefused(
      `${what} Put the file back (ROSETTE_DATA_DIR names its folder), or set ROSETTE_MASTER_KEY.`,
    )
  }
  return await makeKeyFile(dataDir)
}

/**
 * A change of the key was interrupted. It writes the next key, then seals everything anew in one
 * transaction, then puts the next key in the place of the old one. So what is sealed tells how far
 * it came: all of it opens with the next key, or none of it does.
 */
async function settle(
  dataDir: string,
  { current, next }: KeyFiles,
  fitOf: FitOf,
): Promise<Buffer | undefined> {
  if (next !== undefined && (await fitOf(next)) === 'opens') {
    await adoptNextKey(dataDir)
    return next
  }
  // If neither opens anything, this is another database: both are kept, in case it is the wrong one.
  const isWrongPlace = (await fitOf(current ?? Buffer.alloc(32))) === 'opens-nothing'
  if (!isWrongPlace) await dropNextKey(dataDir)
  return current
}

/** Refuses a key that opens nothing: whatever were sealed with it would be lost with the right one. */
export async function assertKeyFits(
  key: Buffer,
  { dataDir, chosen, fitOf }: Options,
): Promise<void> {
  if ((await fitOf(key)) !== 'opens-nothing') return
  const which = chosen === undefined ? `The master key ${keyFileOf(dataDir)}` : 'ROSETTE_MASTER_KEY'
  const remedy =
    chosen === undefined
      ? 'Put the right file there (ROSETTE_DATA_DIR names its folder), or set ROSETTE_MASTER_KEY.'
      : `Set the right one, or remove the setting if the key is in ${keyFileOf(dataDir)} (ROSETTE_DATA_DIR).`
  throw new MasterKeyRefused(
    `${which} opens none of the secrets in this database: they were sealed under another one. ${remedy}`,
  )
}
