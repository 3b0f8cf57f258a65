import { createHash } from 'node:crypto'
import type { JsonObject, Report } from '@rosette/open-badges'
import type { RecipientJson } from '../../db/backpack-schema.js'
import type { EvidenceJson } from '../../db/schema.js'
import { type BadgeText, isObject, listOf, textOf } from './badge-document.js'
import { parseStorable, storable } from './storable.js'

/** What a verified badge says of itself, in a form that can be stored. */
export type EntryFacts = {
  readonly identity: string
  readonly text: string
  readonly kind: string
  readonly report: Report
  readonly name: string
  readonly description: string
  readonly criteria: string
  readonly issuerName: string
  readonly issuerUrl: string | null
  readonly tags: readonly string[]
  readonly evidence: readonly EvidenceJson[]
  readonly narrative: string | null
  readonly recipient: RecipientJson | null
  readonly awardedAt: string | null
  readonly expiresAt: string | null
}

/** Further text of a badge is cut off: its signed text is kept whole beside it. */
const mostName = 300
const mostText = 20_000

export function toEntryFacts(
  report: Report,
  { text, document }: BadgeText,
  recipients: readonly RecipientJson[],
): EntryFacts {
  const { badge, kind } = report
  const { issuerUrl } = badge
  return {
    identity: identityOf(report, document),
    text,
    kind,
    report: parseStorable(report),
    name: line(badge.name ?? badge.achievementName) || 'Badge without a name',
    description: clean(badge.description, mostText),
    criteria: criteriaOf(badge.criteria),
    issuerName: line(badge.issuerName),
    issuerUrl: issuerUrl !== undefined && isWebAddress(issuerUrl) ? clean(issuerUrl, 2000) : null,
    tags: (badge.tags ?? [])
      .slice(0, 50)
      .map(line)
      .filter((tag) => tag !== ''),
    evidence: evidenceOf(badge.evidence),
    narrative: clean(narrativeOf(document), mostText) || null,
    recipient: recipients[0] === undefined ? null : parseStorable(recipients[0]),
    awardedAt: toInstant(badge.awardedDate ?? badge.validFrom),
    expiresAt: toInstant(badge.validUntil),
  }
}

/**
 * The same for the same badge, whatever door it comes in by and in whatever form: who issued it, and the
 * id that they gave it. Of a badge without an id, everything it says but its signature.
 */
function identityOf({ badge }: Report, document: JsonObject): string {
  const { id, issuerId } = badge
  const issuer = issuerId ?? idOf(document['issuer']) ?? ''
  if (id !== undefined && id !== '' && id !== 'uid:undefined') return hashOf([issuer, id])
  const { proof: _proof, ...said } = document
  return hashOf([issuer, sorted(said)])
}

function idOf(value: unknown): string | undefined {
  return textOf(value) ?? (isObject(value) ? textOf(value['id']) : undefined)
}

function hashOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}

// The order of members means nothing in JSON.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const names = Object.keys(value).sort()
  return Object.fromEntries(names.map((name) => [name, sorted(value[name])]))
}

function criteriaOf(criteria: Report['badge']['criteria']): string {
  const { id, narrative } = criteria ?? {}
  const link = id !== undefined && isWebAddress(id) ? `<${id.replaceAll('>', '%3E')}>` : ''
  return clean([narrative ?? '', link].filter((part) => part !== '').join('\n\n'), mostText)
}

function evidenceOf(evidence: Report['badge']['evidence'] = []): readonly EvidenceJson[] {
  return evidence.slice(0, 50).map(({ id, name, narrative }) => ({
    ...(id !== undefined && isWebAddress(id) && { url: clean(id, 2000) }),
    ...(name !== undefined && { name: line(name) }),
    ...(narrative !== undefined && { narrative: clean(narrative, mostText) }),
  }))
}

function narrativeOf(document: JsonObject): string | undefined {
  const [subject] = listOf(document['credentialSubject'])
  const said = isObject(subject) ? subject['narrative'] : undefined
  return textOf(document['narrative']) ?? textOf(said)
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}

function line(text: string | undefined): string {
  return clean(text?.replace(/\s+/g, ' '), mostName)
}

function clean(text: string | undefined, most: number): string {
  return storable((text ?? '').slice(0, most)).trim()
}

const endOfDay = 'T23:59:59Z'

function toInstant(text: string | undefined): string | null {
  if (text === undefined) return null
  const time = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? text + endOfDay : text)
  const year = new Date(time).getUTCFullYear()
  return Number.isNaN(time) || year < 1 || year > 9999 ? null : new Date(time).toISOString()
}
