import { randomUUID } from 'node:crypto'
import { buildEndorsement, signCredential, signCredentialJwt } from '@rosette/open-badges'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import { type Reach, reaches } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { toIri, toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { createAuditOf } from '../audit/audit.js'
import { findIssuer, type Issuers, issuerIdentity } from '../issuers/issuers.js'
import {
  findEndorsement,
  insertEndorsement,
  lockEndorsement,
  markWithdrawn,
} from './endorsement-repository.js'

const audit = createAuditOf('endorsement')

type Subject = { readonly badgeTemplateId: string } | { readonly issuerId: string }

export type NewEndorsement = {
  readonly issuerId: string
  readonly subject: Subject
  readonly comment: string
}

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly issuers: Issuers
  readonly now: () => Date
}

/** What one issuer says of another, or of another's badge, signed (Open Badges 3.0, EndorsementCredential). */
export function createEndorsements({ db, urls, issuers, now }: Deps) {
  /** Badges carry what is said of them, so those who say it must be trusted with both sides. */
  async function endorse(given: NewEndorsement, actor: string, reach: Reach): Promise<string> {
    const id = randomUUID()
    await inTransaction(db, async (tx) => {
      const issuer = await issuerOr404(tx, given.issuerId, reach)
      const subject = await subjectOf(tx, given.subject, reach)
      if (subject.ownerId === issuer.id) {
        const message = `${issuer.name} cannot endorse itself or its own badges. Choose another issuer.`
        throw new AppError('conflict', message)
      }
      const at = now().toISOString()
      const signer = await issuers.holdSigner(tx, issuer)
      const credential = buildEndorsement({
        id: urls.endorsement(id),
        name: `Endorsement of ${subject.name}`,
        issuer: { id: signer.id, name: issuer.name, url: toIri(issuer.url) },
        subject: { id: subject.id, comment: given.comment },
        validFrom: toSeconds(at),
      })
      const created = toSeconds(at)
      const signed = await signCredential(credential, { ...signer, created })
      const { key, kid } = await issuers.holdFormSigner(tx, issuer, 'P-256')
      const jwt = signCredentialJwt(signed, { key, verificationMethod: urls.key(kid), created })
      await insertEndorsement(tx, {
        id,
        issuer_id: issuer.id,
        issuer_name: issuer.name,
        issuer_url: issuer.url,
        ...subject.columns,
        comment: given.comment,
        form: 'json',
        issuer_key_kid: signer.kid,
        signed_text: JSON.stringify(signed),
        signed_jwt: jwt,
        created_at: at,
      })
      await audit(tx, id, { actor, action: 'create', detail: { ...given } })
    })
    return id
  }

  async function withdraw(id: string, actor: string): Promise<void> {
    await inTransaction(db, async (tx) => {
      const row = await lockEndorsement(tx, id)
      if (row === undefined) throw endorsementNotFound(id)
      if (row.withdrawn_at !== null) {
        throw new AppError('conflict', `This endorsement was withdrawn at ${row.withdrawn_at}.`)
      }
      await markWithdrawn(tx, id, now().toISOString())
      await audit(tx, id, { actor, action: 'withdraw' })
    })
  }

  async function subjectOf(tx: Tx, subject: Subject, reach: Reach) {
    if ('issuerId' in subject) {
      const issuer = await issuerOr404(tx, subject.issuerId, reach)
      const columns = { subject_issuer_id: issuer.id, subject_template_id: null }
      const { id: ownerId, name } = issuer
      return { id: issuerIdentity(urls, issuer), name, ownerId, columns }
    }
    const { badgeTemplateId } = subject
    const template = await tx
      .selectFrom('badge_template')
      .select(['id', 'name', 'issuer_id', 'organization_id'])
      .where('id', '=', badgeTemplateId)
      .executeTakeFirst()
    if (template === undefined || !reaches(reach, template.organization_id)) {
      throw new AppError('template-not-found', `There is no badge template ${badgeTemplateId}.`)
    }
    const columns = { subject_template_id: template.id, subject_issuer_id: null }
    const { name, issuer_id: ownerId } = template
    return { id: urls.badge(template.id), name, ownerId, columns }
  }

  return { endorse, withdraw, find: (id: string) => findEndorsement(db, id) }
}

export type Endorsements = ReturnType<typeof createEndorsements>

export function endorsementNotFound(id: string): AppError {
  return new AppError('endorsement-not-found', `There is no endorsement ${id}.`)
}

async function issuerOr404(tx: Tx, id: string, reach: Reach) {
  const issuer = await findIssuer(tx, id)
  if (issuer !== undefined && reaches(reach, issuer.organization_id)) return issuer
  throw new AppError('issuer-not-found', `There is no issuer ${id}.`)
}
