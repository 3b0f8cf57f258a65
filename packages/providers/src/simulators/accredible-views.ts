import type { CredentialRecord, DesignRecord, GroupRecord } from './accredible-records.js'

const issuer = {
  id: 4897,
  name: 'Accredible Simulator',
  description: null,
  url: 'https://www.example.org',
}
const frontend = 'https://api.accredible.com/v1/frontend'

/** A credential on its own, whose id is a text. */
export function viewCredential(credential: CredentialRecord, group: GroupRecord | undefined) {
  const { id, uuid, group_id, evidence } = credential
  return {
    ...viewListed(credential, group),
    id: String(id),
    approve: credential.approve,
    group_id,
    url: `https://www.credential.net/${uuid}`,
    encoded_id: uuid,
    seo_image: `${frontend}/credential_seo_image/${id}`,
    certificate: {
      image: { preview: `${frontend}/credential_website_embed_image/certificate/${id}` },
    },
    badge: { image: { preview: `${frontend}/credential_badge_image/${id}` } },
    evidence_items: evidence,
    references: [],
  }
}

/** A credential in a list, whose id is a number, and which tells less. */
export function viewListed(credential: CredentialRecord, group: GroupRecord | undefined) {
  return {
    id: credential.id,
    name: credential.name,
    description: credential.description,
    grade: null,
    complete: credential.complete,
    issued_on: credential.issued_on,
    allow_supplemental_references: null,
    allow_supplemental_evidence: null,
    course_link: group?.course_link ?? null,
    custom_attributes: credential.custom_attributes,
    expired_on: credential.expired_on,
    group_name: group?.name ?? null,
    private: credential.private,
    recipient: credential.recipient,
    issuer,
    meta_data: credential.meta_data,
  }
}

/** A row of several that were made at once: as listed, and whether it was published. */
export function viewBulkRow(credential: CredentialRecord, group: GroupRecord | undefined) {
  return {
    ...viewListed(credential, group),
    approve: credential.approve,
    url: `https://www.credential.net/${credential.uuid}`,
    evidence_items: credential.evidence,
    references: [],
  }
}

/** A row of the second search: flat, and with the times of its changes. */
export function viewRow(credential: CredentialRecord, group: GroupRecord | undefined) {
  const { recipient } = credential
  return {
    id: credential.id,
    uuid: credential.uuid,
    encoded_id: credential.uuid,
    license_id: credential.license_id,
    name: credential.name,
    approve: credential.approve,
    private: credential.private,
    grade: null,
    issued_on: credential.issued_on,
    expired_on: credential.expired_on,
    published_on: credential.published_on,
    recipient_name: recipient.name,
    recipient_email: recipient.email,
    recipient_id: recipient.id,
    recipient_meta_data: recipient.meta_data ?? {},
    recipient_opened: credential.recipient_opened,
    recipient_engaged: credential.recipient_opened,
    custom_attributes: credential.custom_attributes ?? {},
    meta_data: credential.meta_data ?? {},
    issuer_id: issuer.id,
    seo_image: `${frontend}/credential_seo_image/${credential.id}`,
    group: {
      id: credential.group_id,
      name: group?.name ?? '',
      course_name: group?.course_name ?? '',
      badge_design_id: group?.badge_design_id ?? null,
      certificate_design_id: group?.certificate_design_id ?? null,
    },
    created_at: credential.created_at,
    updated_at: credential.updated_at,
  }
}

export function viewGroup(group: GroupRecord, designs: ReadonlyMap<number, DesignRecord>) {
  const design = designs.get(group.design_id ?? group.primary_design_id ?? 0)
  return {
    ...group,
    design_name: design?.name ?? null,
    attach_pdf: false,
    blockchain: false,
    generate_private_credential: false,
    signup_url: null,
    signup_url_show: false,
    course_link_show: false,
    organization_link_show: false,
    skill_category: null,
    achievement_type: 'Badge',
    collections: [],
  }
}

/** The answer for a design is not documented; clients read these members of it. */
export function viewDesign({ id, name, kind }: DesignRecord, origin: string) {
  return { id, name, kind, rasterized_content_url: `${origin}/simulated-designs/${id}.svg` }
}

export function viewIssuer(credits: number) {
  return { issuer: { ...issuer, certificate_left: credits } }
}
