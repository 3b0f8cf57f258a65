import {
  type Body,
  optionalText,
  parseEvidence,
  parseExpiry,
  parseFlag,
  parseLocale,
  refuseTemplate,
  requireEmail,
  requireText,
  requireTime,
} from './credly-badge-input.js'
import { refuse } from './credly-refusals.js'
import { accountOf, type CredlyState, type SimBadge, type SimTemplate } from './credly-state.js'

/** What is asked for; the rest of a badge follows from when it is made. */
export type BadgeFacts = Omit<
  SimBadge,
  | 'id'
  | 'createdAt'
  | 'updatedAt'
  | 'stateUpdatedAt'
  | 'state'
  | 'public'
  | 'revocationReason'
  | 'replacementBadgeId'
>

/** The badge that is asked for, or the refusal in the words of Rails. */
export function checkIssue(state: CredlyState, organizationId: string, body: Body): BadgeFacts {
  const template = findTemplate(state, organizationId, body)
  const facts: BadgeFacts = {
    organizationId,
    templateId: template.id,
    email: requireEmail(body),
    firstName: requireText(body, 'issued_to_first_name'),
    lastName: requireText(body, 'issued_to_last_name'),
    middleName: optionalText(body, 'issued_to_middle_name'),
    issuedAt: requireTime(body, 'issued_at'),
    issuerEarnerId: optionalText(body, 'issuer_earner_id'),
    locale: parseLocale(body),
    quiet: parseFlag(body, 'suppress_badge_notification_email'),
    ...readRest(body, template),
    accountId: null,
    replacesBadgeId: null,
  }
  const withAccount = { ...facts, accountId: accountOf(state, facts.email)?.id ?? null }
  refuseDuplicate(template, withAccount)
  return withAccount
}

/** The badge that is to stand in the place of another; what is not said stays as it was. */
export function checkReplacement(state: CredlyState, old: SimBadge, body: Body): BadgeFacts {
  const template = findTemplate(state, old.organizationId, body)
  // Only a badge that nobody has accepted moves to another address.
  const movesTo = body['recipient_email'] !== undefined && old.state === 'pending'
  const email = movesTo ? requireEmail(body) : old.email
  return {
    organizationId: old.organizationId,
    templateId: template.id,
    email,
    firstName: optionalText(body, 'issued_to_first_name') ?? old.firstName,
    lastName: optionalText(body, 'issued_to_last_name') ?? old.lastName,
    middleName: optionalText(body, 'issued_to_middle_name') ?? old.middleName,
    issuedAt: requireTime(body, 'issued_at'),
    issuerEarnerId: optionalText(body, 'issuer_earner_id') ?? old.issuerEarnerId,
    locale: old.locale,
    quiet: old.quiet,
    ...readRest(body, template),
    accountId: movesTo ? (accountOf(state, email)?.id ?? null) : old.accountId,
    replacesBadgeId: old.id,
  }
}

function readRest(body: Body, template: SimTemplate) {
  const issuedAt = requireTime(body, 'issued_at')
  const asked = parseExpiry(body)
  const days = template.expiresAfterDays
  const byTemplate = days === null ? null : new Date(issuedAt.getTime() + days * 86_400_000)
  return {
    expiresAt: asked === false ? null : (asked ?? byTemplate),
    countryName: optionalText(body, 'country_name'),
    stateOrProvince: optionalText(body, 'state_or_province'),
    evidence: parseEvidence(body),
  }
}

function findTemplate(state: CredlyState, organizationId: string, body: Body): SimTemplate {
  const id = body['badge_template_id']
  const template = typeof id === 'string' ? state.templates.get(id) : undefined
  if (template?.organizationId !== organizationId) throw refuseTemplate(String(id ?? ''))
  // That archived templates issue nothing is documented; the words, and that drafts do not either, are assumed.
  if (template.state !== 'active') {
    throw refuse(`Badge template is ${template.state} and not active.`)
  }
  return template
}

/** The same template, and the same address, account or own id; revoked and replaced badges do not count. */
function refuseDuplicate(template: SimTemplate, facts: BadgeFacts): void {
  if (template.allowDuplicates) return
  const email = facts.email.toLowerCase()
  const isHeld = template.badges.some(
    (badge) =>
      badge.state !== 'revoked' &&
      badge.replacementBadgeId === null &&
      (badge.email.toLowerCase() === email ||
        (facts.accountId !== null && badge.accountId === facts.accountId) ||
        (facts.issuerEarnerId !== null && badge.issuerEarnerId === facts.issuerEarnerId)),
  )
  // The words of the real one are not public.
  if (isHeld) throw refuse('User already has this badge.')
}
