import { randomBytes } from 'node:crypto'
import { startPostgres } from '@rosette/testkit'
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
  const postgres = await startPostgres()
  const database = await openDatabaseFor(postgres, 'lms')
  const mail = await startMailServer()
  const adminToken = `proof_${randomBytes(16).toString('hex')}`
  const server = startServer({
    DATABASE_URL: database.url,
    ROSETTE_MASTER_KEY: randomBytes(32).toString('base64'),
    ROSETTE_ADMIN_TOKEN: adminToken,
    ROSETTE_MAIL_URL: mail.url,
    ROSETTE_MAIL_FROM: 'Proof University <badges@university.example>',
    ROSETTE_MAIL_TO: 'operator@university.example',
  })
  await server.start()
  await server.ready()
  const base = server.url()
  const make = async (what: string, body: object): Promise<Json> => {
    const headers = { authorization: `Bearer ${adminToken}` }
    return assertGood(await ask('POST', `${base}/api/v1/${what}`, asJson(body, headers)), what).json
  }
  const organization = await make('organizations', { name: 'Proof University' })
  const organizationId: string = organization.id
  const url = 'https://university.example'
  const { id } = await make('issuers', { organizationId, name: 'Proof University', url })
  const token = await make('tokens', { name: 'LMS', organizationId, role: 'editor' })
  const { db } = database
  const password_hash = await hashPassword(password)
  const user = await db
    .insertInto('app_user')
    .values({ email: username, name: 'LMS', password_hash })
    .returning('id')
    .executeTakeFirstOrThrow()
  const member = { organization_id: organizationId, user_id: user.id, role: 'editor' } as const
  await db.insertInto('membership').values(member).execute()

  return {
    server,
    mail,
    base,
    issuer: toPublicId(String(id)),
    username,
    password,
    apiToken: String(token.token),
    async close() {
      await server.stop()
      await database.close()
      await mail.stop()
      await postgres.stop()
    },
  }
}
