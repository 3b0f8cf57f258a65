import { resolve } from 'node:path'
import { parseBadgesConfig } from './badges-config.js'
import type { RawSettings } from './env.js'
import { parseMailConfig } from './mail-config.js'
import { parseOidcProviders } from './oidc-config.js'
import type { Complain } from './problems.js'
import { parseProducerConfig } from './producer-config.js'
import { createReader, type Reader } from './read.js'
import { parseVerifierConfig } from './verifier-config.js'

/** Turns the raw settings into one readonly tree; contradictions are complained about, all of them. */
export function toConfig(raw: RawSettings, complain: Complain) {
  const read = createReader(raw, complain)
  const badgesEnabled = read.boolean('BADGES_ENABLED')
  return {
    badgesEnabled,
    badges: parseBadgesConfig(read.json('BADGES_CONFIG'), complain),
    producer: parseProducerConfig(read.json('EVENT_BUS_PRODUCER_CONFIG'), badgesEnabled, complain),
    bus: busConfig(read, complain),
    http: httpConfig(read, complain),
    mail: parseMailConfig(raw, complain),
    learners: {
      getLetters: read.boolean('ROSETTE_MAIL_LEARNERS'),
      lettersAfterMs: 1000 * read.number('ROSETTE_MAIL_LEARNERS_AFTER', { least: 1, most: 600 }),
      mayMakeAccounts: read.boolean('ROSETTE_LEARNER_SIGN_UP'),
    },
    verifier: parseVerifierConfig(read, complain),
    oidcProviders: parseOidcProviders(read.json('ROSETTE_OIDC_PROVIDERS'), complain),
    dataDir: resolve(read.required('ROSETTE_DATA_DIR')),
    eventRetentionMonths: read.optionalNumber('ROSETTE_EVENT_RETENTION_MONTHS', {
      least: 1,
      most: 1200,
    }),
    logLevel: read.oneOf('ROSETTE_LOG_LEVEL', logLevels, 'info'),
    /** Our name in the `source` of emitted signals. */
    serviceName: read.required('EVENTS_SERVICE_NAME'),
  } as const
}

export type Config = ReturnType<typeof toConfig>

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const

function busConfig(read: Reader, complain: Complain) {
  for (const name of ['EVENT_BUS_PRODUCER', 'EVENT_BUS_CONSUMER'] as const) {
    if (/kafka/i.test(read.text(name) ?? '')) {
      const remedy = 'Name the Redis bus, or remove the setting.'
      complain(name, 'names the Kafka bus, which is not available yet.', remedy)
    }
  }
  return {
    topicPrefix: read.required('EVENT_BUS_TOPIC_PREFIX'),
    maxLength: read.number('EVENT_BUS_REDIS_STREAM_MAX_LEN', { least: 1, most: 1e9 }),
    consumersEnabled: read.boolean('EVENT_BUS_REDIS_CONSUMERS_ENABLED'),
    pollTimeoutSeconds: read.number('EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT', {
      least: 0.01,
      most: 3600,
    }),
    auditLogging: read.boolean('EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED'),
    topics: read
      .required('ROSETTE_TOPICS')
      .split(',')
      .map((t) => t.trim())
      .filter(Boolean),
    consumerGroup: read.required('ROSETTE_CONSUMER_GROUP'),
    consumerName: read.required('ROSETTE_CONSUMER_NAME'),
    batchSize: read.number('ROSETTE_BATCH_SIZE', { least: 1, most: 10_000 }),
  } as const
}

function httpConfig(read: Reader, complain: Complain) {
  const port = read.number('PORT', { least: 0, most: 65_535 })
  const given = read.url('ROSETTE_BASE_URL', ['http', 'https'])
  const baseUrl = (given ?? `http://localhost:${port}`).replace(/\/+$/, '')
  if (URL.canParse(baseUrl) && new URL(baseUrl).search + new URL(baseUrl).hash !== '') {
    complain('ROSETTE_BASE_URL', 'has a query or a fragment.', 'Write the address without it.')
  }
  return { port, host: read.required('HOST'), baseUrl } as const
}
