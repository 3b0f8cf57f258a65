import type { RawSettings, SettingName } from './env.js'
import { parseOidcSecrets } from './oidc-config.js'
import type { Complain } from './problems.js'
import { parseCredlyOrganizations } from './provider-config.js'
import { createReader, type Reader } from './read.js'

/** What must never be logged or shown. */
export function toSecrets(raw: RawSettings, complain: Complain) {
  const read = createReader(raw, complain)
  return {
    databaseUrl: read.url('DATABASE_URL', ['postgres', 'postgresql']),
    redisUrl: read.url('EVENT_BUS_REDIS_CONNECTION_URL', ['redis', 'rediss']),
    masterKey: masterKey('ROSETTE_MASTER_KEY', read, complain),
    newMasterKey: newMasterKey(read, complain),
    mailUrl: mailUrl(read, complain),
    /** Keys that stand in the settings, by the UUID of the Credly organization. */
    credlyOrganizations: parseCredlyOrganizations(read.json('BADGES_CONFIG'), complain),
    oidcSecrets: parseOidcSecrets(read.json('ROSETTE_OIDC_PROVIDERS'), complain),
    adminToken: adminToken(read.text('ROSETTE_ADMIN_TOKEN'), complain),
  } as const
}

export type Secrets = ReturnType<typeof toSecrets>

function masterKey(name: SettingName, read: Reader, complain: Complain): Buffer | undefined {
  const text = read.text(name)
  if (text === undefined) return undefined
  const key = Buffer.from(text, 'base64')
  if (key.length === 32) return key
  const remedy = 'Make one with `openssl rand -base64 32`.'
  complain(name, `holds ${key.length} bytes instead of 32.`, remedy)
  return undefined
}

function newMasterKey(read: Reader, complain: Complain): Buffer | undefined {
  const name = 'ROSETTE_NEW_MASTER_KEY'
  if (read.text(name) !== undefined && read.text('ROSETTE_MASTER_KEY') === undefined) {
    const remedy =
      'Remove it: to a key in the data directory, rotate-master-key makes the next one.'
    complain(name, 'is set, though ROSETTE_MASTER_KEY is not.', remedy)
  }
  return masterKey(name, read, complain)
}

function mailUrl(read: Reader, complain: Complain): string | undefined {
  const text = read.url('ROSETTE_MAIL_URL', ['smtp', 'smtps'])
  if (text === undefined) return undefined
  const { hostname, username, password } = new URL(text)
  if (hostname !== '' && isDecodable(username + password)) return text
  const remedy =
    'Write smtp://user:password@host:port; in the password % is %25, @ is %40, / is %2F.'
  complain('ROSETTE_MAIL_URL', 'is not a usable address.', remedy)
  return undefined
}

function isDecodable(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined
  } catch {
    return false
  }
}

function adminToken(text: string | undefined, complain: Complain): string | undefined {
  if (text === undefined || text.length >= 20) return text
  complain('ROSETTE_ADMIN_TOKEN', 'is shorter than 20 characters.', 'Make a longer, random one.')
  return undefined
}
