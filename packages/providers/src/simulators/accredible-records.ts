import { z } from 'zod'

/** A number where the documentation has one; forms and some clients send it as a text. */
const wireId = z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
const text = z.string().nullish()
const record = z.record(z.string(), z.unknown()).nullish()

export const evidenceInput = z.object({
  description: text,
  category: text,
  url: text,
  file: text,
  string_object: z.unknown().optional(),
  position: z.number().nullish(),
})
export type EvidenceInput = z.output<typeof evidenceInput>

export const credentialInput = z.object({
  recipient: z
    .object({
      name: text,
      email: text,
      phone_number: text,
      id: z.union([z.string(), z.number()]).transform(String).nullish(),
      meta_data: record,
    })
    .nullish(),
  group_id: wireId.nullish().catch(-1),
  group_name: text,
  id: z.union([z.string(), z.number()]).transform(String).nullish(),
  name: text,
  description: text,
  issued_on: text,
  expired_on: text,
  complete: z.boolean().nullish(),
  approve: z.boolean().nullish(),
  private: z.boolean().nullish(),
  custom_attributes: record,
  meta_data: record,
  evidence_items: z.array(evidenceInput).nullish(),
})
export type CredentialInput = z.output<typeof credentialInput>

export const groupInput = z.object({
  name: text,
  course_name: text,
  course_description: text,
  course_link: text,
  language: text,
  learning_outcomes: z.array(z.string()).nullish(),
  design_id: wireId.nullish(),
  certificate_design_id: wireId.nullish(),
  badge_design_id: wireId.nullish(),
  primary_design_id: wireId.nullish(),
  department_id: wireId.nullish(),
  allow_duplicate_credentials: z.boolean().nullish(),
  auto_expiry: z.number().nullish(),
  meta_data: record,
})
export type GroupInput = z.output<typeof groupInput>

export type DesignRecord = {
  readonly id: number
  readonly department_id: number
  readonly name: string
  readonly kind: 'badge' | 'certificate'
}

export type GroupRecord = {
  readonly id: number
  readonly created_at: string
  department_id: number
  name: string
  course_name: string
  course_description: string | null
  course_link: string | null
  language: string
  learning_outcomes: readonly string[]
  design_id: number | null
  certificate_design_id: number | null
  badge_design_id: number | null
  primary_design_id: number | null
  allow_duplicate_credentials: boolean
  auto_expiry: number | null
  meta_data: object | null
  updated_at: string
}

export type EvidenceRecord = {
  readonly id: number
  description: string
  type: string
  link_url: string | null
  preview_image_url: string | null
  string_object: unknown
  readonly supplemental: boolean
  position: number
}

export type CredentialRecord = {
  readonly id: number
  readonly uuid: string
  readonly created_at: string
  readonly department_id: number
  group_id: number
  license_id: string | null
  name: string
  description: string
  approve: boolean
  complete: boolean
  private: boolean
  issued_on: string
  expired_on: string | null
  published_on: string | null
  custom_attributes: object | null
  meta_data: Readonly<Record<string, unknown>> | null
  recipient: {
    name: string
    email: string
    phone_number: string | null
    id: string | null
    meta_data: Readonly<Record<string, unknown>> | null
  }
  evidence: EvidenceRecord[]
  recipient_opened: boolean
  updated_at: string
}
