import { permissionsOf, type Role } from '@rosette/contract'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Actor } from '../../http/actor.js'
import { AppError } from '../../http/app-error.js'
import type { MailLook } from '../../mail/letter-form.js'
import { invitationLetter } from '../../mail/letters.js'
import type { Mailer } from '../../mail/mailer.js'
import { addJobs } from '../../workers/jobs.js'
import { assertMayGive } from '../access/access.js'
import { newSecret } from '../accounts/accounts.js'
import { recordAudit } from '../audit/audit.js'
import { organizationOr404 } from '../organizations/organizations.js'
import {
  type InvitationRow,
  isMember,
  lockInvitation,
  nameOf,
  putInvitation,
  updateInvitation,
} from './invitation-repository.js'

export type SendDeps = {
  readonly db: Db
  readonly now: () => Date
  readonly baseUrl: string
  /** Undefined where nobody gets mail; then whoever invites hands the link over. */
  readonly mailer: Mailer | undefined
  /** How mails look. */
  readonly look: () => Promise<MailLook>
}

export type NewInvitation = {
  readonly organizationId: string
  readonly email: string
  readonly role: Role
}
export type Sent = { readonly row: InvitationRow; readonly link: string | null }

const mailInvitationTask = 'mail-invitation'

const lifetimeMs = 7 * 86_400_000

/** Asks people to join an organization. */
export function createInvitationSending({ db, now, baseUrl, mailer, look }: SendDeps) {
  const expiry = () => new Date(now().getTime() + lifetimeMs).toISOString()
  const linkOf = (secret: string) => `${baseUrl}/console/invitation#${secret}`

  /** Of two who invite the same person at once, the second changes what the first sent. */
  async function invite(given: NewInvitation, actor: Actor): Promise<Sent> {
    const { organizationId, email, role } = given
    assertMayGive(actor, permissionsOf[role], organizationId)
    return await inTransaction(db, async (tx) => {
      await organizationOr404(tx, organizationId)
      if (await isMember(tx, organizationId, email)) {
        const remedy = 'Change the role in the list of members instead.'
        throw new AppError('member-exists', `${email} is a member already. ${remedy}`)
      }
      const { secret, hash } = newSecret()
      const row = await putInvitation(tx, {
        kind: 'invitation',
        hash,
        email,
        role,
        organization_id: organizationId,
        created_by: actor.name,
        created_at: now().toISOString(),
        expires_at: expiry(),
      })
      await audit(tx, row, { action: 'invitation.create', actor: actor.name })
      return await send(tx, row, secret)
    })
  }

  async function resend(id: string, actor: Actor): Promise<Sent> {
    return await inTransaction(db, async (tx) => {
      const { role, organization_id } = await openInvitation(tx, id)
      if (role !== null) assertMayGive(actor, permissionsOf[role], organization_id)
      const { secret, hash } = newSecret()
      const fresh = { hash, expires_at: expiry(), mailed_at: null }
      const row = await updateInvitation(tx, id, fresh)
      await audit(tx, row, { action: 'invitation.resend', actor: actor.name })
      return await send(tx, row, secret)
    })
  }

  async function withdraw(id: string, actor: Actor): Promise<void> {
    await inTransaction(db, async (tx) => {
      await openInvitation(tx, id)
      const row = await updateInvitation(tx, id, { withdrawn_at: now().toISOString() })
      await audit(tx, row, { action: 'invitation.withdraw', actor: actor.name })
    })
  }

  async function send(tx: Tx, row: InvitationRow, secret: string): Promise<Sent> {
    if (mailer === undefined) return { row, link: linkOf(secret) }
    const payload = { id: row.id }
    await addJobs(tx, [{ task: mailInvitationTask, payload, key: `invitation/${row.id}` }])
    return { row, link: null }
  }

  /** The secret is made here, so that it stands in the mail alone and in no table. */
  async function mail(payload: unknown): Promise<void> {
    const id = idIn(payload)
    if (mailer === undefined || id === undefined) return
    await inTransaction(db, async (tx) => {
      const invitation = await lockInvitation(tx, id)
      if (invitation === undefined || invitation.mailed_at !== null) return
      const { email, role, organization_id, expires_at: until } = invitation
      if (email === null || role === null || organization_id === null) return
      const { secret, hash } = newSecret()
      await updateInvitation(tx, id, { hash, mailed_at: now().toISOString() })
      const { name: organization } = await organizationOr404(tx, organization_id)
      const inviter = (await nameOf(tx, invitation.created_by)) ?? organization
      const site = new URL(baseUrl).host
      const parts = { to: email, site, url: linkOf(secret), organization, inviter, role, until }
      await mailer.send(invitationLetter({ ...parts, look: await look() }))
    })
  }

  return { invite, resend, withdraw, tasks: { [mailInvitationTask]: mail } }
}

export type InvitationSending = ReturnType<typeof createInvitationSending>

async function openInvitation(tx: Tx, id: string): Promise<InvitationRow> {
  const row = await lockInvitation(tx, id)
  if (row !== undefined) return row
  throw new AppError('invitation-not-found', `There is no invitation ${id} that is open.`)
}

async function audit(
  tx: Tx,
  row: InvitationRow,
  entry: { readonly action: string; readonly actor: string },
): Promise<void> {
  const { id, email, role, organization_id: organizationId } = row
  const detail = { email, role }
  await recordAudit(tx, { ...entry, subject: `invitation/${id}`, detail, organizationId })
}

function idIn(payload: unknown): string | undefined {
  if (typeof payload !== 'object' || payload === null || !('id' in payload)) return undefined
  return typeof payload.id === 'string' ? payload.id : undefined
}
