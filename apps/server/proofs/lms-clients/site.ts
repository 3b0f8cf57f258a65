import { randomBytes } from 'node:crypto'
import { startPostgres } from '@rosette/testkit'
import type { Db } from '#src/db/database.js'
import { hashPassword } from '#src/features/accounts/accounts.js'
import { toPublicId } from '#src/http/public-id.js'
import { startMailServer } from '../../src/testing/mail-server.js'
import { openDatabaseFor } from '../shared/observe.js'
import { startServer } from '../shared/server-process.js'
import { asJson, ask, assertGood, type Json } from './ask.js'

/** A picture of one pixel. */
export const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

const username = 'lms@university.example'
const password = 'nine green umbrellas'

/** Rosette as a process of its own, with an issuer, an account and a token for an LMS, and a mail server. */
export async function openSite() {
  const closers: (() => Promise<void>)[] = []
  // What was started last is stopped first.
  const close = async () => {
    for (const stop of closers.reverse()) await stop()
  }
  try {
    return { ...(await startSite(closers)), close }
  } catch (error) {
    await close()
    throw error
  }
}

async function startSite(closers: (() => Promise<void>)[]) {
  const postgres = await startPostgres()
  closers.push(() => postgres.stop())
  const database = await openDatabaseFor(postgres, 'lms')
  closers.push(() => database.close())
  const mail = await startMailServer()
  closers.push(() => mail.stop())
  const adminToken = `proof_${randomBytes(16).toString('hex')}`
  const server = startServer({
    DATABASE_URL: database.url,
    ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
    ROSETTE_ADMIN_TOKEN: adminToken,
    ROSETTE_MAIL_URL: mail.url,
    ROSETTE_MAIL_FROM: 'Proof University <badges@university.example>',
    ROSETTE_MAIL_TO: 'operator@university.example',
  })
  closers.push(() => server.stop())
  await server.start()
  await server.ready()
  const base = server.url()
  const { organizationId, ...known } = await anIssuer(base, adminToken)
  await anEditor(database.db, organizationId)
  return { server, mail, base, username, password, ...known }
}

async function anIssuer(base: string, adminToken: string) {
  const make = async (what: string, body: object): Promise<Json> => {
    const headers = { authorization: `Bearer ${adminToken}` }
    return assertGood(await ask('POST', `${base}/api/v1/${what}`, asJson(body, headers)), what).json
  }
  const organization = await make('organizations', { name: 'Proof University' })
  const organizationId: string = organization.id
  const url = 'https://university.example'
  const { id } = await make('issuers', { organizationId, name: 'Proof University', url })
  const token = await make('tokens', { name: 'LMS', organizationId, role: 'editor' })
  return { organizationId, issuer: toPublicId(String(id)), apiToken: String(token.token) }
}

async function anEditor(db: Db, organizationId: string): Promise<void> {
  const password_hash = await hashPassword(password)
  const user = await db
    .insertInto('app_user')
    .values({ email: username, name: 'LMS', password_hash })
    .returning('id')
    .executeTakeFirstOrThrow()
  const member = { organization_id: organizationId, user_id: user.id, role: 'editor' } as const
  await db.insertInto('membership').values(member).execute()
}
