import { z } from 'zod'
import type { CredlyState } from './credly-state.js'

/** What a simulator without a seed of its own holds, for commands to tell people. */
export const credlySimulatorDefaults = {
  organizationId: '5bd0a0f3-7c3c-4f51-9a54-0c8d5a0b7e11',
  organizationName: 'Simulated Academy',
  token: 'credly-simulator-token',
  clientId: 'credly-simulator-client',
  clientSecret: 'credly-simulator-secret',
  templateCount: 60,
} as const

const credlyEventTypes = [
  'badge.created',
  'badge.deleted',
  'badge.privacy.changed',
  'badge.state.changed',
  'badge_template.created',
  'badge_template.changed',
  'badge_template.deleted',
] as const

const credlyScopes = [
  'authorization_tokens',
  'badge_templates',
  'events',
  'invitations',
  'issued_badges',
  'memberships',
  'recommendations',
  'workforce',
] as const

/** What a simulator is told to hold; organizations and templates that it knows already are replaced. */
export const credlySeedSchema = z.strictObject({
  organizations: z
    .array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        webhookUrl: z.string().nullable().default(null),
        allowedWebhooks: z.array(z.string()).default([...credlyEventTypes]),
      }),
    )
    .default([]),
  tokens: z
    .array(
      z.strictObject({
        organizationId: z.string(),
        token: z.string(),
        description: z.string().default(''),
        read: z.boolean().default(true),
        write: z.boolean().default(true),
        delete: z.boolean().default(true),
      }),
    )
    .default([]),
  applications: z
    .array(
      z.strictObject({
        clientId: z.string(),
        clientSecret: z.string(),
        organizationId: z.string(),
        scopes: z.array(z.string()).default([...credlyScopes]),
      }),
    )
    .default([]),
  accounts: z
    .array(
      z.strictObject({
        emails: z.array(z.string()).min(1),
        firstName: z.string().default('Ada'),
        lastName: z.string().default('Lovelace'),
      }),
    )
    .default([]),
  templates: z
    .array(
      z.strictObject({
        id: z.string(),
        organizationId: z.string(),
        name: z.string(),
        description: z.string().default(''),
        state: z.enum(['draft', 'active', 'archived']).default('active'),
        allowDuplicates: z.boolean().default(false),
        public: z.boolean().default(true),
        skills: z.array(z.string()).default([]),
        reportingTags: z.array(z.string()).default([]),
        expiresAfterDays: z.int().min(1).nullable().default(null),
        hasImage: z.boolean().default(true),
      }),
    )
    .default([]),
})
export type CredlySeed = z.input<typeof credlySeedSchema>

type Source = { readonly newId: () => string; readonly now: () => Date }

export function applySeed(state: CredlyState, input: unknown, { newId, now }: Source): void {
  const seed = credlySeedSchema.parse(input)
  const at = now()
  for (const organization of seed.organizations) {
    const times = { createdAt: at, updatedAt: at }
    state.organizations.set(organization.id, { ...organization, other: {}, ...times })
  }
  for (const token of seed.tokens) state.tokens.push({ id: newId(), ...token, createdAt: at })
  state.applications.push(...seed.applications)
  for (const account of seed.accounts) state.accounts.push({ id: newId(), ...account })
  for (const template of seed.templates) {
    const times = { createdAt: at, updatedAt: at, stateUpdatedAt: at }
    state.templates.set(template.id, { ...template, badges: [], ...times })
  }
}

/** The id of the template with this number in the default seed, from 1. */
export function credlyTemplateId(number: number): string {
  return `c4ed1000-0000-4000-8000-${String(number).padStart(12, '0')}`
}

/** More than a page of templates; every tenth is archived or a draft, the second may be earned twice. */
export function defaultCredlySeed(): CredlySeed {
  const { organizationId, organizationName, token, templateCount } = credlySimulatorDefaults
  const { clientId, clientSecret } = credlySimulatorDefaults
  const numbers = Array.from({ length: templateCount }, (_, i) => i + 1)
  return {
    organizations: [{ id: organizationId, name: organizationName }],
    tokens: [{ organizationId, token, description: 'The token of the simulator' }],
    applications: [{ clientId, clientSecret, organizationId }],
    templates: numbers.map((number) => ({
      id: credlyTemplateId(number),
      organizationId,
      name: number === 2 ? 'Volunteer (may be earned twice)' : `Simulated badge ${number}`,
      description: `What badge ${number} is given for.`,
      state: toState(number),
      allowDuplicates: number === 2,
      skills: number % 3 === 0 ? ['Simulation'] : ['Testing', 'Simulation'],
      hasImage: toState(number) !== 'draft',
    })),
  }
}

function toState(number: number): 'active' | 'archived' | 'draft' {
  if (number % 20 === 0) return 'archived'
  return number % 20 === 10 ? 'draft' : 'active'
}
