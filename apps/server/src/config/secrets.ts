import type { RawSettings, SettingName } from './env.js'
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
    newMasterKey: masterKey('ROSETTE_NEW_MASTER_KEY', read, complain),
    mailUrl: read.url('ROSETTE_MAIL_URL', ['smtp', 'smtps']),
    /** Keys that stand in the settings, by the UUID of the Credly organization. */
    credlyOrganizations: parseCredlyOrganizations(read.json('BADGES_CONFIG'), complain),
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

function adminToken(text: string | undefined, complain: Complain): string | undefined {
  if (text === undefined || text.length >= 20) return text
  complain('ROSETTE_ADMIN_TOKEN', 'is shorter than 20 characters.', 'Make a longer, random one.')
  return undefined
}
