import { type Addresses, type Json, toOwner, toSlug } from './credly-organization-views.js'
import {
  accountOf,
  type CredlyState,
  type SimBadge,
  type SimEvent,
  type SimTemplate,
} from './credly-state.js'

export function toTemplateView(
  template: SimTemplate,
  state: CredlyState,
  addresses: Addresses,
): Json {
  const owner = toOwner(state.organizations.get(template.organizationId), addresses)
  const slug = toSlug(template.name)
  return {
    ...emptyTemplate,
    id: template.id,
    name: template.name,
    description: template.description,
    state: template.state,
    public: template.public,
    allow_duplicate_badges: template.allowDuplicates,
    badges_count: template.badges.length,
    vanity_slug: slug,
    skills: template.skills,
    reporting_tags: template.reportingTags,
    owner,
    url: `${owner['vanity_url']}/badge/${slug}`,
    created_at: template.createdAt.toISOString(),
    updated_at: template.updatedAt.toISOString(),
    state_updated_at: template.stateUpdatedAt.toISOString(),
    ...toImage(template, addresses),
  }
}

const emptyTemplate = {
  cost: null,
  global_activity_url: null,
  level: null,
  lock_badge_state: false,
  recipient_type: 'User',
  send_expiring_badge_notifications: false,
  show_badge_lmi: true,
  show_lmi_jobs: true,
  show_skill_tag_links: true,
  record_to_blockchain: false,
  time_to_earn: null,
  type_category: null,
  printing_disabled: false,
  visibility: 'public',
  criteria_url_name: null,
  criteria_url: null,
  certification: false,
  show_template_settings: true,
  get_issue_count: null,
  alignments: [],
  recommendations: [],
  required_badge_templates: [],
  badge_template_activities: [],
}

function toImage({ id, hasImage }: SimTemplate, { web }: Addresses): Json {
  if (!hasImage) return { image: null, image_url: null }
  const url = `${web}images/${id}/image.png`
  return { image: { id, url }, image_url: url }
}

/** A badge as it is answered; one that nobody has accepted has no page of its own yet. */
export function toBadgeView(badge: SimBadge, state: CredlyState, addresses: Addresses): Json {
  const template = state.templates.get(badge.templateId)
  const organization = state.organizations.get(badge.organizationId)
  const { type, id, name, url, vanity_url, verified } = toOwner(organization, addresses)
  const owner = { type, id, name, url, vanity_url, verified, share_to_ziprecruiter: false }
  const page = `${addresses.web}badges/${badge.id}`
  return {
    ...toPerson(badge, state),
    id: badge.id,
    created_by: owner,
    issuer: {
      summary: `issued by ${name}`,
      entities: [{ label: 'Issued by', primary: true, entity: owner }],
    },
    printing_enabled: false,
    print_method: 'none',
    badge_template: template
      ? toTemplateView(template, state, addresses)
      : { id: badge.templateId },
    issuer_earner_id: badge.issuerEarnerId,
    locale: badge.locale,
    public: badge.public,
    replacement_badge_id: badge.replacementBadgeId,
    replaces_badge_id: badge.replacesBadgeId,
    revocation_reason: badge.revocationReason,
    state: badge.state,
    suppress_badge_notification_email: badge.quiet,
    country: badge.countryName,
    country_code: null,
    state_or_province: badge.stateOrProvince,
    ...toTimes(badge),
    ...(template ? toImage(template, addresses) : { image: null, image_url: null }),
    alignments: [],
    evidence: badge.evidence.map((item, i) => ({ id: `${badge.id}-${i + 1}`, ...item })),
    ...(badge.state === 'pending' ? { accept_badge_url: `${page}/accept` } : {}),
    ...(badge.state === 'accepted' ? { badge_url: page } : {}),
  }
}

function toTimes(badge: SimBadge): Json {
  return {
    created_at: badge.createdAt.toISOString(),
    updated_at: badge.updatedAt.toISOString(),
    state_updated_at: badge.stateUpdatedAt.toISOString(),
    issued_at: badge.issuedAt.toISOString(),
    issued_at_date: badge.issuedAt.toISOString().slice(0, 10),
    expires_at: badge.expiresAt?.toISOString() ?? null,
    expires_at_date: badge.expiresAt?.toISOString().slice(0, 10) ?? null,
  }
}

function toPerson(badge: SimBadge, state: CredlyState): Json {
  const account =
    state.accounts.find(({ id }) => id === badge.accountId) ?? accountOf(state, badge.email)
  return {
    recipient_email: badge.email,
    issued_to: [badge.firstName, badge.middleName, badge.lastName].filter(Boolean).join(' '),
    issued_to_first_name: badge.firstName,
    issued_to_middle_name: badge.middleName,
    issued_to_last_name: badge.lastName,
    user:
      account === undefined
        ? {}
        : {
            id: account.id,
            email: account.emails[0],
            first_name: account.firstName,
            last_name: account.lastName,
            current_position_name: null,
            current_organization_name: null,
            confirmed: true,
            photo: null,
            photo_url: null,
            url: null,
          },
  }
}

export function toEventView(event: SimEvent): Json {
  return { ...toAnnouncement(event), ...event.subject }
}

/** The thin body of a webhook: what happened is told to those who ask with a key. */
export function toAnnouncement(event: SimEvent): Json {
  return {
    id: event.id,
    organization_id: event.organizationId,
    event_type: event.type,
    occurred_at: event.occurredAt.toISOString(),
  }
}
