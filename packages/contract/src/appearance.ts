import { z } from 'zod'
import { instant, problems, signedIn } from './common.js'

const hexColour = z
  .string()
  .regex(/^#[0-9a-fA-F]{6}$/, 'must be a colour such as #3730a3')
  .transform((text) => text.toLowerCase())
  .meta({ description: 'As #rrggbb' })

const webAddress = z
  .string()
  .trim()
  .max(2000)
  .refine((text) => /^(https?:\/\/|mailto:)/i.test(text) && URL.canParse(text), {
    error: 'must be a whole address that begins with https:// or mailto:',
  })

const accent = z.object({
  colour: z.string(),
  letters: z.string().meta({ description: 'The colour of letters on it' }),
  isAdjusted: z.boolean().meta({
    description: 'Whether it was made darker or lighter than the chosen one, to be readable',
  }),
})

const footerLink = z.object({ label: z.string(), url: z.string() })

export const appearance = z
  .object({
    name: z.string().meta({ description: 'Of the site' }),
    isChanged: z.boolean().meta({ description: 'Whether anything differs from the brand' }),
    logoUrl: z.string().nullable().meta({ description: 'From the root; null for the rosette' }),
    chosenAccent: z.string().nullable().meta({ description: 'As it was entered' }),
    accents: z.object({ light: accent, dark: accent }),
    footerText: z.string(),
    footerLinks: z.array(footerLink),
    updatedAt: instant.nullable(),
  })
  .meta({ id: 'Appearance' })
export type Appearance = z.output<typeof appearance>

const route = { tags: ['appearance'] }

export const getAppearance = {
  ...route,
  summary: 'Read the name, the logo and the colours of the site',
  security: [],
  response: { 200: appearance, ...problems() },
}

export const putAppearance = {
  ...route,
  summary: 'Set the name, the colour and the footer of the site',
  description:
    'Replaces all of it but the logo, which has an address of its own. A colour that could not be read in light or in dark is adjusted there; the answer says so.',
  security: signedIn,
  body: z.strictObject({
    name: z.string().trim().min(1).max(60).nullable().meta({ description: 'null for the default' }),
    accent: hexColour.nullable().meta({ description: 'null for the colour of the brand' }),
    footerText: z.string().trim().max(300).default(''),
    footerLinks: z
      .array(z.strictObject({ label: z.string().trim().min(1).max(60), url: webAddress }))
      .max(6)
      .default([]),
  }),
  response: { 200: appearance, ...problems() },
}

export const resetAppearance = {
  ...route,
  summary: 'Go back to the appearance of the brand, logo included',
  security: signedIn,
  response: { 200: appearance, ...problems() },
}

export const putLogo = {
  ...route,
  summary: 'Set the logo of the site',
  description:
    'The body is the picture itself (image/png or image/svg+xml), or multipart/form-data with one file.',
  security: signedIn,
  consumes: ['image/png', 'image/svg+xml', 'multipart/form-data'],
  response: {
    200: appearance,
    ...problems('image-refused', 'too-large', 'unsupported-media-type'),
  },
}

export const deleteLogo = {
  ...route,
  summary: 'Go back to the rosette',
  security: signedIn,
  response: { 200: appearance, ...problems() },
}
