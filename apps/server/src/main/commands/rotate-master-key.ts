import type { Command } from 'commander'
import { loadSettings, type Settings } from '../../config/load.js'
import { openDatabase } from '../../db/database.js'
import { keyFileOf } from '../../db/key-files.js'
import { type Rotation, rotateMasterKey } from '../../features/master-key/master-key.js'
import { openStorage } from '../../runtime.js'
import { cannot } from '../command-error.js'
import { examples, printJson, printLine } from '../output.js'

type Options = { readonly json?: true }

export function registerRotateMasterKey(program: Command): void {
  program
    .command('rotate-master-key')
    .description('Seal every secret under a new master key, while nothing else of Rosette runs.')
    .option(
      '--json',
      'print { issuerKeys, providerAccounts, badgeHosts, wasDone, keyIsIn } as JSON',
    )
    .addHelpText(
      'after',
      examples(
        'rosette rotate-master-key',
        'ROSETTE_NEW_MASTER_KEY=$(openssl rand -base64 32) rosette rotate-master-key',
      ),
    )
    .action(rotate)
}

async function rotate({ json }: Options): Promise<void> {
  const settings = loadSettings()
  assertSuccessor(settings)
  const rotation = await rotateIn(settings)
  const { masterKey } = settings.secrets
  if (json) printJson({ ...rotation, keyIsIn: masterKey === undefined ? 'file' : 'setting' })
  else for (const line of report(settings, rotation)) printLine(line)
}

function assertSuccessor({ secrets: { masterKey, newMasterKey } }: Settings): void {
  if (masterKey === undefined) return
  if (newMasterKey === undefined) {
    throw cannot(
      'The master key stands in ROSETTE_MASTER_KEY, so the new one has to be given too. Make one with `openssl rand -base64 32`, keep it, set ROSETTE_NEW_MASTER_KEY to it, and run this again.',
    )
  }
  if (masterKey.equals(newMasterKey)) {
    throw cannot(
      'ROSETTE_NEW_MASTER_KEY is the same as ROSETTE_MASTER_KEY. After a rotation it can be removed; for another one, set it to a new key.',
    )
  }
}

async function rotateIn(settings: Settings): Promise<Rotation> {
  const { masterKey: chosen, newMasterKey: successor } = settings.secrets
  const storage = await openStorage(settings, { mustOwn: false })
  const db = openDatabase(storage.pool)
  try {
    const { dataDir } = settings.config
    return await rotateMasterKey({ db, dataDir, chosen, successor }, 'command line')
  } finally {
    await db.destroy()
    await storage.closeServer()
  }
}

function report({ config, secrets }: Settings, rotation: Rotation): readonly string[] {
  const keys = countOf(rotation.issuerKeys, 'signing key')
  const accounts = countOf(
    rotation.providerAccounts,
    'key of provider accounts',
    'keys of provider accounts',
  )
  const what = rotation.wasDone
    ? 'Everything is sealed under ROSETTE_NEW_MASTER_KEY already.'
    : `Sealed under a new master key: ${keys} and ${accounts}.`
  if (secrets.masterKey === undefined) {
    return [what, `It is in ${keyFileOf(config.dataDir)}. Back it up.`]
  }
  return [
    what,
    'Now set ROSETTE_MASTER_KEY to the value of ROSETTE_NEW_MASTER_KEY wherever Rosette runs, and remove the latter. With the old key nothing starts any more.',
  ]
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
