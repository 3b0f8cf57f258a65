import type { CredlyState, SimOrganization, SimToken } from './credly-state.js'

/** Links of Credly have a folder more than the addresses that are called. */
export type Addresses = { readonly apiRoot: string; readonly web: string }

export type Json = Readonly<Record<string, unknown>>

export const tokenLifeMs = 180 * 86_400_000

export function toOrganizationView(organization: SimOrganization, addresses: Addresses): Json {
  return {
    ...emptyOrganization,
    ...organization.other,
    id: organization.id,
    name: organization.name,
    webhook_url: organization.webhookUrl,
    allowed_webhooks: organization.allowedWebhooks,
    vanity_slug: toSlug(organization.name),
    vanity_url: `${addresses.web}org/${toSlug(organization.name)}`,
    verified: true,
    verified_at: organization.createdAt.toISOString(),
    created_at: organization.createdAt.toISOString(),
    updated_at: organization.updatedAt.toISOString(),
  }
}

const emptyOrganization = {
  website_url: null,
  contact_email: 'badges@academy.example',
  legal_contact_email: null,
  technical_contact_email: null,
  zip_or_postal_code: null,
  organization_type: 'education',
  bio: null,
  twitter_url: null,
  facebook_url: null,
  linked_in_url: null,
  linked_in_org_id: null,
  city: null,
  address: null,
  primary_hex_color: null,
  support_email: null,
  support_url: null,
  allow_saml_debug: false,
  enable_blockchain: false,
  print_method: 'none',
  pdf_id: null,
  internationalize_badge_templates: false,
  workforce_enabled: false,
  location: null,
  country: null,
  state_or_province: null,
  photo: null,
  photo_url: null,
  has_employees: false,
  featured_badge_templates: [],
}

/** The members of an organization that a PUT may change as they are. */
export const organizationMembers: readonly string[] = Object.keys(emptyOrganization)

export function toOwner(
  organization: SimOrganization | undefined,
  { apiRoot, web }: Addresses,
): Json {
  const slug = toSlug(organization?.name ?? '')
  return {
    type: 'Organization',
    id: organization?.id ?? null,
    name: organization?.name ?? null,
    url: `${apiRoot}organizations/${organization?.id}`,
    vanity_url: `${web}org/${slug}`,
    vanity_slug: slug,
    verified: true,
    viewable: true,
    enable_blockchain: false,
  }
}

export function toTokenView(token: SimToken, state: CredlyState, addresses: Addresses): Json {
  const { type, id, name, url } = toOwner(state.organizations.get(token.organizationId), addresses)
  return {
    id: token.id,
    token: token.token,
    owner_id: token.organizationId,
    description: token.description,
    read_enabled: token.read,
    write_enabled: token.write,
    delete_enabled: token.delete,
    created_at: token.createdAt.toISOString(),
    expires_at: new Date(token.createdAt.getTime() + tokenLifeMs).toISOString(),
    owner: { type, id, name, url },
  }
}

export function toSlug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}
