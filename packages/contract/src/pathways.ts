import { z } from 'zod'
import { templateStates } from './badge-templates.js'
import { id, idInput, idParams, instant, pageOf, paging, problems, signedIn } from './common.js'

const counted = z.int().nonnegative()

const pathwayBadge = z
  .object({
    template: z.object({ id, name: z.string(), state: z.enum(templateStates) }),
    level: z.int().meta({ description: 'From 1; after all the badges that lead to it' }),
    isMilestone: z.boolean(),
  })
  .meta({ id: 'PathwayBadge' })

const pathwayLink = z
  .object({
    from: id,
    to: id,
    by: z.enum(['rules', 'hand']).meta({
      description: '`rules` where the badge at its end asks for the one at its beginning',
    }),
  })
  .meta({ id: 'PathwayLink' })

const pathwayFacts = {
  id,
  organizationId: id,
  name: z.string(),
  description: z.string(),
  isPublic: z.boolean().meta({ description: 'Whether everybody may see the map, without names' }),
  createdAt: instant,
  updatedAt: instant,
}

export const pathwaySummary = z
  .object({
    ...pathwayFacts,
    badges: counted,
    pictures: z.array(id).meta({ description: 'The first few templates, for their pictures' }),
  })
  .meta({ id: 'PathwaySummary' })
export type PathwaySummary = z.output<typeof pathwaySummary>

export const pathway = z
  .object({
    ...pathwayFacts,
    publicUrl: z.string(),
    badges: z.array(pathwayBadge).meta({ description: 'By level, then as people ordered them' }),
    links: z.array(pathwayLink),
  })
  .meta({ id: 'Pathway' })
export type Pathway = z.output<typeof pathway>

export const pathwayDistribution = z
  .object({
    learners: counted.meta({ description: 'Who hold at least one of its badges' }),
    finished: counted.meta({ description: 'Who hold a badge from which no other follows' }),
    badges: z.array(
      z.object({
        templateId: id,
        holders: counted,
        here: counted.meta({ description: 'Holders who have none of the badges that follow' }),
      }),
    ),
    mostStopAt: id.nullable().meta({ description: 'Where most of those who go on no further are' }),
    at: instant.meta({ description: 'When it was counted; kept for a minute' }),
  })
  .meta({ id: 'PathwayDistribution' })
export type PathwayDistribution = z.output<typeof pathwayDistribution>

const mapInput = {
  badges: z
    .array(z.strictObject({ templateId: idInput, isMilestone: z.boolean().default(false) }))
    .max(100),
  links: z
    .array(z.strictObject({ from: idInput, to: idInput }))
    .max(400)
    .meta({ description: 'Those set by people; those that follow from rules are drawn anyway' }),
}
const name = z.string().trim().min(1).max(120)
const description = z.string().trim().max(2000)

const route = { tags: ['pathways'], security: signedIn }

export const listPathways = {
  ...route,
  summary: 'List pathways by name',
  querystring: z.object({ ...paging, organizationId: idInput.optional() }),
  response: { 200: pageOf(pathwaySummary, 'PathwayPage'), ...problems() },
}

export const createPathway = {
  ...route,
  summary: 'Draw a pathway: a map of badges that lead to badges',
  body: z.strictObject({
    organizationId: idInput,
    name,
    description: description.default(''),
    isPublic: z.boolean().default(false),
    badges: mapInput.badges.default([]),
    links: mapInput.links.default([]),
  }),
  response: { 201: pathway, ...problems('organization-not-found', 'pathway-invalid') },
}

export const getPathway = {
  ...route,
  summary: 'Read one pathway with its map',
  params: idParams,
  response: { 200: pathway, ...problems('pathway-not-found') },
}

export const updatePathway = {
  ...route,
  summary: 'Change a pathway',
  description:
    'Badges and links replace those that were there, both at once. Links that would lead in a circle are refused.',
  params: idParams,
  body: z.strictObject({
    name: name.optional(),
    description: description.optional(),
    isPublic: z.boolean().optional(),
    badges: mapInput.badges.optional(),
    links: mapInput.links.optional(),
  }),
  response: { 200: pathway, ...problems('pathway-not-found', 'pathway-invalid') },
}

export const deletePathway = {
  ...route,
  summary: 'Delete a pathway; its badges stay',
  params: idParams,
  response: { 204: z.null(), ...problems('pathway-not-found') },
}

export const getPathwayDistribution = {
  ...route,
  summary: 'See how many learners are where on a pathway',
  params: idParams,
  response: { 200: pathwayDistribution, ...problems('pathway-not-found') },
}
