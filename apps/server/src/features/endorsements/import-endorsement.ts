import type { Report } from '@rosette/open-badges'
import { didWeb } from '@rosette/open-badges'
import { type Db, inTransaction, type Tx } from '../../db/database.js'
import type { Reach } from '../../db/reach.js'
import { AppError } from '../../http/app-error.js'
import { toIri } from '../../http/badge-text.js'
import { parsePublicId } from '../../http/public-id.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { recordAudit } from '../audit/audit.js'
import { findIssuer, issuerIdentity } from '../issuers/issuers.js'
import { assertCarried } from './carried.js'
import {
  findSame,
  insertEndorsement,
  lockSubjectIssuer,
  lockTemplate,
} from './endorsement-repository.js'
import { type Given, parseGiven } from './given-endorsement.js'

/** What verification made of it, and the sentence that decided. */
type Judged = { readonly report: Report; readonly reason: string | undefined }

type Trusted = {
  readonly parsed: Given
  readonly badge: Report['badge']
  readonly reach: Reach
}

type Deps = {
  readonly db: Db
  readonly urls: PublicUrls
  readonly now: () => Date
  /** Verifies as anybody would. */
  readonly judge: (badge: unknown) => Promise<Judged>
}

/** Takes endorsements that were signed elsewhere, and only such as hold (Open Badges 3.0, EndorsementCredential). */
export function createEndorsementImport({ db, urls, now, judge }: Deps) {
  return async function importEndorsement(
    given: unknown,
    actor: string,
    reach: Reach,
  ): Promise<string> {
    const parsed = parseGiven(given)
    const { report, reason } = await judge(parsed.text)
    const { badge, verdict, kind } = report
    if (kind !== 'EndorsementCredential 3.0') throw refused(reason ?? notOne, report)
    if (verdict !== 'valid') throw refused(reason ?? `It is ${verdict}.`, report)
    assertSomebodyElses(badge.issuerId ?? '', urls)
    await assertCarried(parsed, badge.endorsedId ?? '')
    return await inTransaction(db, (tx) => store(tx, { parsed, badge, reach }, actor))
  }

  async function store(tx: Tx, { parsed, badge, reach }: Trusted, actor: string): Promise<string> {
    const subject = await subjectOf(tx, badge.endorsedId ?? '', reach)
    const { form, text } = parsed
    const same = await findSame(tx, { ...subject, text })
    if (same !== undefined) {
      throw new AppError('endorsement-exists', `This endorsement was taken already, as ${same.id}.`)
    }
    const { issuerId = '', issuerName = issuerId, issuerUrl = '', validUntil } = badge
    const id = await insertEndorsement(tx, {
      issuer_id: null,
      issuer_name: issuerName.slice(0, 300),
      issuer_url: toIri(issuerUrl) ?? null,
      ...subject,
      comment: (badge.description ?? '').slice(0, 2000),
      form,
      signed_text: text,
      created_at: now().toISOString(),
      valid_until: validUntil === undefined ? null : new Date(validUntil).toISOString(),
    })
    const detail = { issuerId, subject: badge.endorsedId }
    const action = 'endorsement.import'
    await recordAudit(tx, { actor, action, subject: `endorsement/${id}`, detail })
    return id
  }

  /** What within reach it is about; two imports about the same thing wait here for each other. */
  async function subjectOf(tx: Tx, endorsed: string, reach: Reach) {
    const templateId = idIn(endorsed, urls.badge(''))
    if (templateId !== undefined && (await lockTemplate(tx, templateId, reach))) {
      assertNamed(endorsed, urls.badge(templateId))
      return { subject_template_id: templateId, subject_issuer_id: null }
    }
    const issuerId =
      idIn(endorsed, urls.issuer('')) ?? idIn(endorsed, `${didWeb(urls.issuer(''))}:`)
    if (issuerId !== undefined && (await lockSubjectIssuer(tx, issuerId, reach))) {
      const issuer = await findIssuer(tx, issuerId)
      if (issuer !== undefined) assertNamed(endorsed, issuerIdentity(urls, issuer))
      return { subject_template_id: null, subject_issuer_id: issuerId }
    }
    const remedy = `It must name a badge (${urls.badge('')}…) or an issuer (${urls.issuer('')}…) of this site.`
    throw refused(`It is about ${clipped(endorsed)}, which is none of ours. ${remedy}`)
  }
}

export type EndorsementImport = ReturnType<typeof createEndorsementImport>

const notOne = 'This is no endorsement. Give an EndorsementCredential.'

function idIn(name: string, start: string): string | undefined {
  return name.startsWith(start) ? parsePublicId(name.slice(start.length)) : undefined
}

// Verifiers compare the names letter by letter: under another one it would be no word on this thing.
function assertNamed(endorsed: string, name: string): void {
  if (endorsed === name) return
  throw refused(`It is about ${clipped(endorsed)}, but badges say ${name}. Ask for one about that.`)
}

function assertSomebodyElses(issuerId: string, urls: PublicUrls): void {
  const host = didWeb(urls.start)
  const isOurs =
    issuerId === host || issuerId.startsWith(`${host}:`) || issuerId.startsWith(urls.start)
  if (!isOurs) return
  const remedy = 'Endorse with POST /api/v1/endorsements, or withdraw what was endorsed.'
  throw refused(`It was signed by an issuer of this site. ${remedy}`)
}

function refused(why: string, { checks = [] }: Partial<Pick<Report, 'checks'>> = {}): AppError {
  const faults = checks
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ message, error }) => ({
      path: 'endorsement',
      reason: message,
      ...(error !== undefined && { code: error }),
    }))
  return new AppError('endorsement-refused', `The endorsement was not taken. ${why}`, { faults })
}

function clipped(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`
}
