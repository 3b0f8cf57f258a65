import type { ProviderBadge, ProviderEvent, ProviderTemplate } from '../provider.js'
import { toTime, toWebAddress } from '../wire-values.js'
import type { CredlyBadge, CredlyEvent, CredlyTemplate } from './credly-answers.js'
import { joinPath } from './credly-options.js'

export type BadgeContext = { readonly webBaseUrl: string; readonly now: () => Date }

export function toBadge(badge: CredlyBadge, { webBaseUrl, now }: BadgeContext): ProviderBadge {
  const expiresAt = toTime(badge.expires_at)
  const isReplaced = Boolean(badge.replacement_badge_id)
  // Credly leaves the state as it was when a badge expires.
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= now().getTime()
  const isEnded =
    isReplaced || isExpired || ['revoked', 'replaced', 'expired'].includes(badge.state)
  return {
    id: badge.id,
    templateId: badge.badge_template.id,
    email: badge.recipient_email ?? '',
    standing: isEnded ? 'ended' : 'live',
    state: isReplaced ? 'replaced' : badge.state,
    issuedAt: toTime(badge.issued_at),
    expiresAt,
    awardId: null,
    url:
      toWebAddress(badge.badge_url) ??
      toWebAddress(badge.accept_badge_url) ??
      joinPath(webBaseUrl, 'badges', badge.id),
    updatedAt: toTime(badge.updated_at),
  }
}

export function toTemplate(template: CredlyTemplate): ProviderTemplate {
  return {
    id: template.id,
    name: template.name,
    description: template.description ?? '',
    imageUrl: toWebAddress(template.image_url),
    url: toWebAddress(template.url),
    state: toTemplateState(template.state),
    allowsDuplicates: template.allow_duplicate_badges ?? false,
    skills: (template.skills ?? []).map((s) => (typeof s === 'string' ? s : s.name)),
    updatedAt: toTime(template.updated_at),
  }
}

/** A state that we do not know is one that we cannot issue in. */
function toTemplateState(state: string): ProviderTemplate['state'] {
  return state === 'active' || state === 'archived' ? state : 'draft'
}

export function toEvent(event: CredlyEvent): ProviderEvent {
  return {
    id: event.id,
    type: event.event_type,
    organizationId: event.organization_id,
    occurredAt: toTime(event.occurred_at),
    badgeId: event.badge?.id ?? null,
    templateId: event.badge_template?.id ?? event.badge?.badge_template?.id ?? null,
  }
}
