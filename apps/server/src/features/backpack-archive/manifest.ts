import { z } from 'zod'

/** What an archive says of itself; other software may add members. */
export const manifestFormat = 'rosette-backpack'

const badge = z.object({
  name: z.string(),
  origin: z.enum(['earned', 'imported']).optional(),
  /** The files in the archive: the badge as its text, and as a picture that carries it. */
  files: z.object({ badge: z.string().optional(), image: z.string().optional() }),
  /** Where alone it can be verified: before Open Badges 1.1 a badge did not say where it is hosted. */
  address: z.string().nullish(),
  visibility: z.enum(['public', 'unlisted', 'private']).optional(),
  showsName: z.boolean().optional(),
  isHidden: z.boolean().optional(),
})

const collection = z.object({
  name: z.string().trim().min(1).max(120),
  description: z.string().trim().max(4000).default(''),
  /** By their places in `badges`. */
  badges: z
    .array(
      z.object({
        badge: z.int().nonnegative(),
        note: z.string().trim().max(2000).default(''),
      }),
    )
    .max(200),
})

const manifest = z.object({
  format: z.literal(manifestFormat),
  version: z.int(),
  badges: z.array(badge).max(10_000),
  collections: z.array(collection).max(500).default([]),
})

export type Manifest = z.output<typeof manifest>
export type ManifestBadge = Manifest['badges'][number]

/** What an archive of a Rosette says of itself; undefined for anything else. */
export function parseManifest(bytes: Uint8Array): Manifest | undefined {
  try {
    return manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch {
    return undefined
  }
}
