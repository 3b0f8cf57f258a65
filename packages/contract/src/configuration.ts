import { z } from 'zod'
import { instant, problems, signedIn } from './common.js'

const setting = z
  .object({
    name: z.string(),
    about: z.string().meta({ description: 'What it does, in Markdown' }),
    isSecret: z.boolean(),
    isSet: z.boolean(),
    value: z.string().nullable().meta({
      description: 'In force; null for secrets, which are never shown, and for what has no value',
    }),
    from: z.enum(['environment', 'secret-file', 'settings-file', 'default', 'none']),
  })
  .meta({ id: 'Setting' })
export type Setting = z.output<typeof setting>

export const configuration = z
  .object({
    version: z.string(),
    node: z.string(),
    startedAt: instant,
    settings: z.array(setting),
    settingsFile: z.string().nullable(),
    problems: z
      .array(z.object({ setting: z.string(), problem: z.string(), remedy: z.string() }))
      .meta({ description: 'What `rosette check` says of the settings as they stand now' }),
    database: z.object({
      kind: z.enum(['own', 'server']).meta({
        description: 'A PostgreSQL of our own, or that of DATABASE_URL',
      }),
      version: z.string(),
      bytes: z.number(),
      migrations: z.array(z.object({ name: z.string(), appliedAt: instant })),
      missingMigrations: z.array(z.string()),
    }),
    eventLog: z.object({
      bytes: z.number(),
      about: z.number().meta({ description: 'How many events, estimated' }),
      retentionMonths: z.int().nullable(),
    }),
    disk: z
      .object({ path: z.string(), freeBytes: z.number(), totalBytes: z.number() })
      .nullable()
      .meta({ description: 'Of the data directory' }),
  })
  .meta({ id: 'Configuration' })
export type Configuration = z.output<typeof configuration>

export const getConfiguration = {
  tags: ['configuration'],
  security: signedIn,
  summary: 'Read the settings in force, and how the installation is',
  response: { 200: configuration, ...problems() },
}
