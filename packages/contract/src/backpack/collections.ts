import { z } from 'zod'
import { id, idInput, idParams, instant, problems, signedIn } from '../common.js'
import { backpackBadge } from './badges.js'

const route = { tags: ['backpack'], security: signedIn }
const counted = z.int().nonnegative()

const collectionFacts = {
  id,
  name: z.string(),
  description: z.string(),
  isPublished: z.boolean(),
  publicUrl: z.string().nullable().meta({ description: 'A link that cannot be guessed' }),
  embedCode: z.string().nullable(),
  createdAt: instant,
  updatedAt: instant,
}

export const collectionSummary = z
  .object({ ...collectionFacts, badges: counted, pictures: z.array(z.string()) })
  .meta({ id: 'CollectionSummary' })

export const collection = z
  .object({
    ...collectionFacts,
    badges: z.array(
      z.object({
        badge: backpackBadge,
        note: z.string().meta({ description: 'What the learner says about it here' }),
        isShown: z.boolean().meta({
          description: 'On the public page; not while it is private, waiting or not valid',
        }),
      }),
    ),
  })
  .meta({ id: 'Collection' })
export type Collection = z.output<typeof collection>

const collectionName = z.string().trim().min(1).max(120)
const collectionText = z.string().trim().max(4000)
const collectionItems = z
  .array(z.strictObject({ badgeId: idInput, note: z.string().trim().max(2000).default('') }))
  .max(200)
  .meta({ description: 'In their order; they replace those that were there' })

export const listCollections = {
  ...route,
  summary: 'List one’s own collections by name',
  response: {
    200: z.object({ items: z.array(collectionSummary) }).meta({ id: 'CollectionList' }),
    ...problems(),
  },
}

export const createCollection = {
  ...route,
  summary: 'Put badges together under a name',
  body: z.strictObject({
    name: collectionName,
    description: collectionText.default(''),
    badges: collectionItems.default([]),
  }),
  response: { 201: collection, ...problems('badge-not-found') },
}

export const getCollection = {
  ...route,
  summary: 'Read one of one’s own collections',
  params: idParams,
  response: { 200: collection, ...problems('collection-not-found') },
}

export const updateCollection = {
  ...route,
  summary: 'Change a collection, its badges or their order; publish it or take it back',
  description: 'Each publishing makes a new link; the one before leads nowhere any more.',
  params: idParams,
  body: z.strictObject({
    name: collectionName.optional(),
    description: collectionText.optional(),
    badges: collectionItems.optional(),
    isPublished: z.boolean().optional(),
  }),
  response: { 200: collection, ...problems('collection-not-found', 'badge-not-found') },
}

export const deleteCollection = {
  ...route,
  summary: 'Delete a collection; its badges stay',
  params: idParams,
  response: { 204: z.null(), ...problems('collection-not-found') },
}
