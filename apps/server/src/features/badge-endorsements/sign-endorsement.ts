import { buildEndorsement, OpenBadgesError, signCredential } from '@rosette/open-badges'
import type { Tx } from '../../db/database.js'
import { AppError } from '../../http/app-error.js'
import { toIri, toSeconds } from '../../http/badge-text.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { findIssuer, type Issuers, NoSigningKey } from '../issuers/issuers.js'
import type { EndorsementRow } from './badge-endorsement-repository.js'
import { type EndorsedBadge, publicUrlOf, siteIssuerId } from './badge-endorsement-views.js'
import { ownIdOf } from './badge-id.js'

type Deps = {
  readonly urls: PublicUrls
  readonly issuers: Pick<Issuers, 'holdSigner'>
  readonly now: () => Date
}

/**
 * What a person said, as a signed EndorsementCredential (Open Badges 3.0).
 *
 * People have no keys here, and the credential must not look as if they had signed. The profile that issued the
 * badge signs, or for a badge from elsewhere the first of the site; the comment says who spoke, and how far
 * that is known: they read the mail of an address, and say who they are themselves.
 */
export function createEndorsementSigning({ urls, issuers, now }: Deps) {
  return async (tx: Tx, row: EndorsementRow, badge: EndorsedBadge) => {
    const issuerId = badge.issuerId ?? (await siteIssuerId(tx))
    const issuer = issuerId === undefined ? undefined : await findIssuer(tx, issuerId)
    if (issuer === undefined) throw nobodySigns()
    try {
      const signer = await issuers.holdSigner(tx, issuer)
      const at = toSeconds(now().toISOString())
      const credential = buildEndorsement({
        id: urls.personalEndorsement(row.id),
        name: `Endorsement of ${badge.name} by ${row.name}`,
        issuer: { id: signer.id, name: issuer.name, url: toIri(issuer.url) },
        subject: { id: subjectOf(badge, urls), comment: attributed(row) },
        validFrom: at,
      })
      const signed = await signCredential(credential, { ...signer, created: at })
      return {
        signed_text: JSON.stringify(signed),
        issuer_id: issuer.id,
        issuer_key_kid: signer.kid,
      }
    } catch (error) {
      if (error instanceof NoSigningKey) throw nobodySigns(error)
      if (!(error instanceof OpenBadgesError)) throw error
      const remedy = 'Ask for other words.'
      const message = `What was said cannot be signed: ${error.message.replace(/\.+$/, '')}. ${remedy}`
      throw new AppError('conflict', message, { cause: error })
    }
  }
}

export type EndorsementSigning = ReturnType<typeof createEndorsementSigning>

function attributed({ name, url, comment, given_at }: EndorsementRow): string {
  const plain = name.replace(/\s+/g, ' ')
  const who = url === null ? plain : `${plain} (${url})`
  const when = given_at === null ? '' : ` on ${given_at.slice(0, 10)}`
  const known = 'who gave this name, and reads the mail of an address that the learner named,'
  return `${who}, ${known} said${when}:\n\n${comment}`
}

/** The signed badge where it has an id of its own; otherwise the page on which it is shown. */
function subjectOf(badge: EndorsedBadge, urls: PublicUrls): string {
  if (badge.origin === 'earned') return urls.credential(badge.id)
  const id = ownIdOf(badge.text ?? '')
  return (id === undefined ? undefined : toIri(id)) ?? publicUrlOf(badge, urls)
}

function nobodySigns(cause?: Error): AppError {
  const remedy = 'Ask those who run it to make an issuer with a key.'
  return new AppError('conflict', `No issuer of this site can sign it. ${remedy}`, { cause })
}
