/** The kinds of value a setting may have; each says how its text is read. */
export type SettingKind = 'text' | 'boolean' | 'integer' | 'number' | 'url' | 'json'

export type Setting = {
  readonly name: string
  readonly kind: SettingKind
  readonly fallback?: string
  readonly secret?: true
  readonly about: string
}

/**
 * Every setting Rosette reads. The names of Open edX keep their meaning and defaults; our own begin
 * with `ROSETTE_`. The operator's table is generated from this list.
 */
export const settings = [
  {
    name: 'BADGES_ENABLED',
    kind: 'boolean',
    fallback: 'false',
    about: 'Whether events are received, processed and emitted at all.',
  },
  {
    name: 'BADGES_CONFIG',
    kind: 'json',
    about:
      'An object with `events` (event types that may earn a badge), `rules.ignored_keypaths`, `credly` (`CREDLY_BASE_URL`, `CREDLY_API_BASE_URL`, `CREDLY_SANDBOX_BASE_URL`, `CREDLY_SANDBOX_API_BASE_URL`, `USE_SANDBOX`, and `ORGANIZATIONS`: `{ UUID: key }`) and `accredible` (`ACCREDIBLE_BASE_URL`, `ACCREDIBLE_API_BASE_URL`, `ACCREDIBLE_SANDBOX_BASE_URL`, `ACCREDIBLE_SANDBOX_API_BASE_URL`, `USE_SANDBOX`). It may hold keys: give it as `BADGES_CONFIG_FILE` where the environment can be read by others.',
  },
  {
    name: 'EVENT_BUS_PRODUCER_CONFIG',
    kind: 'json',
    about:
      'Which signals are emitted to which topics: `{ type: { topic: { event_key_field, enabled } } }`, merged over the defaults.',
  },
  { name: 'EVENT_BUS_PRODUCER', kind: 'text', about: 'Accepted for compatibility: names the bus.' },
  { name: 'EVENT_BUS_CONSUMER', kind: 'text', about: 'Accepted for compatibility: names the bus.' },
  {
    name: 'EVENT_BUS_TOPIC_PREFIX',
    kind: 'text',
    fallback: '',
    about: 'Put before every topic name, with a hyphen.',
  },
  {
    name: 'EVENT_BUS_REDIS_CONNECTION_URL',
    kind: 'url',
    secret: true,
    about:
      'The Redis of the event bus, `redis://` or `rediss://`. Without it the bus is in memory.',
  },
  {
    name: 'EVENT_BUS_REDIS_STREAM_MAX_LEN',
    kind: 'integer',
    fallback: '10000',
    about: 'Approximate length at which a stream is trimmed when we emit to it.',
  },
  {
    name: 'EVENT_BUS_REDIS_CONSUMERS_ENABLED',
    kind: 'boolean',
    fallback: 'true',
    about: 'Whether consumers may run; a consumer exits at once when this is false.',
  },
  {
    name: 'EVENT_BUS_REDIS_CONSUMER_POLL_TIMEOUT',
    kind: 'number',
    fallback: '60',
    about: 'Seconds that one blocking read waits for new entries.',
  },
  {
    name: 'EVENT_BUS_REDIS_CONSUMER_POLL_FAILURE_SLEEP',
    kind: 'number',
    fallback: '1',
    about:
      'Accepted for compatibility. A failed read is tried again after a tenth of a second, then after growing pauses of at most ten.',
  },
  {
    name: 'EVENT_BUS_REDIS_CONSUMER_CONSECUTIVE_ERRORS_LIMIT',
    kind: 'integer',
    about: 'Accepted for compatibility. A consumer here waits and retries, and never gives up.',
  },
  {
    name: 'EVENT_BUS_REDIS_AUDIT_LOGGING_ENABLED',
    kind: 'boolean',
    fallback: 'true',
    about: 'Whether each batch received from Redis is logged at level `info`.',
  },
  {
    name: 'EVENTS_SERVICE_NAME',
    kind: 'text',
    fallback: 'rosette',
    about: 'Our name in the `source` of the signals we emit: `openedx/<name>/web`.',
  },
  {
    name: 'DATABASE_URL',
    kind: 'url',
    secret: true,
    about: 'A PostgreSQL server (14 or later). Without it, a PostgreSQL of our own is started.',
  },
  {
    name: 'ROSETTE_DATA_DIR',
    kind: 'text',
    fallback: '.rosette',
    about: 'Where the embedded PostgreSQL and the generated master key are kept.',
  },
  {
    name: 'ROSETTE_BASE_URL',
    kind: 'url',
    about: 'The address under which the world reaches this site; it stands in every badge issued.',
  },
  { name: 'PORT', kind: 'integer', fallback: '8080', about: 'The port that HTTP listens on.' },
  {
    name: 'HOST',
    kind: 'text',
    fallback: 'localhost',
    about: 'The address that HTTP listens on; `0.0.0.0` for every interface.',
  },
  {
    name: 'ROSETTE_MASTER_KEY',
    kind: 'text',
    secret: true,
    about:
      '32 bytes in base64 under which signing keys are sealed. Without it one is made and kept in the data directory.',
  },
  {
    name: 'ROSETTE_NEW_MASTER_KEY',
    kind: 'text',
    secret: true,
    about:
      'Read by `rotate-master-key` alone: the key that is to take the place of `ROSETTE_MASTER_KEY`.',
  },
  {
    name: 'ROSETTE_ADMIN_TOKEN',
    kind: 'text',
    secret: true,
    about:
      'A token for programs that may do everything, chosen by you. People sign in at `/console` instead.',
  },
  {
    name: 'ROSETTE_MAIL_URL',
    kind: 'url',
    secret: true,
    about:
      'The mail server through which people are told what needs them: `smtp://user:password@host:587` or `smtps://…`. Without it the log says it.',
  },
  {
    name: 'ROSETTE_MAIL_FROM',
    kind: 'text',
    about: 'The sender of these mails, such as `Rosette <rosette@university.example>`.',
  },
  {
    name: 'ROSETTE_MAIL_TO',
    kind: 'text',
    about: 'Who gets these mails: addresses, separated by commas.',
  },
  {
    name: 'ROSETTE_MAIL_LEARNERS',
    kind: 'boolean',
    fallback: 'true',
    about:
      'Whether learners get a letter about each new badge, where there is a mail server. Providers such as Credly write to their learners themselves.',
  },
  {
    name: 'ROSETTE_MAIL_LEARNERS_AFTER',
    kind: 'integer',
    fallback: '60',
    about:
      'Seconds without a further badge after which a learner gets the letter: one tells of all that came together. After ten minutes it goes out in any case.',
  },
  {
    name: 'ROSETTE_LEARNER_SIGN_UP',
    kind: 'boolean',
    fallback: 'true',
    about:
      'Whether whoever reads the mail of an address may make an account with it, to keep badges. With `false` only those come in who have an account or an identity provider that makes one.',
  },
  {
    name: 'ROSETTE_OIDC_PROVIDERS',
    kind: 'json',
    secret: true,
    about:
      'Identity providers through which people sign in: a list of `{ id, name, kind, issuer, clientId, clientSecret | clientSecretFile, endpoints: { authorization, token, userInfo, keys }, scopes, signUp, domains, trustsEmail, claims: { email, name }, roles: [{ claim, value, role, organization } | { claim, value, administrator: true }] }`. `kind` is `openid`, or `open-edx` for an LMS, whose address is the `issuer`.',
  },
  {
    name: 'ROSETTE_TOPICS',
    kind: 'text',
    fallback: 'learning-badges-lifecycle',
    about: 'Topics that `serve --all` consumes, separated by commas, without the prefix.',
  },
  {
    name: 'ROSETTE_CONSUMER_GROUP',
    kind: 'text',
    fallback: 'rosette',
    about: 'The consumer group that `serve --all` joins.',
  },
  {
    name: 'ROSETTE_CONSUMER_NAME',
    kind: 'text',
    fallback: 'rosette.consumer1',
    about: 'The name of this process in the consumer group; each process needs its own.',
  },
  {
    name: 'ROSETTE_BATCH_SIZE',
    kind: 'integer',
    fallback: '1000',
    about: 'How many events at most are handled in one transaction.',
  },
  {
    name: 'ROSETTE_EVENT_RETENTION_MONTHS',
    kind: 'integer',
    about: 'Months for which the event log is kept. Without it, for good.',
  },
  {
    name: 'ROSETTE_VERIFIER_FETCHES',
    kind: 'boolean',
    fallback: 'true',
    about:
      'Whether the verifier asks other servers for keys, status lists and hosted badges. With `false` it knows this site alone, and badges of others come out as unknown.',
  },
  {
    name: 'ROSETTE_VERIFIER_ALLOWED_HOSTS',
    kind: 'text',
    fallback: '',
    about:
      'Hosts in a private network that the verifier may ask all the same, as `host` or `host:port`, separated by commas. Anybody can make it ask them, so name only what may be public.',
  },
  {
    name: 'ROSETTE_VERIFIER_PER_MINUTE',
    kind: 'integer',
    fallback: '30',
    about:
      'How many badges one address may have verified in a minute; all that come through one proxy, ten times as many.',
  },
  {
    name: 'ROSETTE_LOG_LEVEL',
    kind: 'text',
    fallback: 'info',
    about: '`debug`, `info`, `warn`, `error` or `silent`.',
  },
] as const satisfies readonly Setting[]

export type SettingName = (typeof settings)[number]['name']

/** The raw texts of all settings, before any is understood. */
export type RawSettings = Readonly<Partial<Record<SettingName, string>>>

export const configFileVariable = 'ROSETTE_CONFIG_FILE'

/** What stands in the environment; the only place that reads `process.env`. */
export function readEnvironment(): Readonly<Record<string, string | undefined>> {
  return process.env
}
