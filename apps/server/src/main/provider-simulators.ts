import {
  accredibleSimulatorKey,
  badgrSimulatorAccount,
  createAccredibleSimulator,
  createBadgrSimulator,
  createCredlySimulator,
  credlySimulatorDefaults,
  type ProviderKind,
} from '@rosette/providers'

type Options = {
  readonly port: number
  readonly host: string
  readonly seed: number
  readonly isSlow: boolean
  readonly webhook?: string
}

/** A simulator that listens, and what somebody needs to make an account at it. */
export type RunningSimulator = {
  readonly kind: ProviderKind
  /** Where it listens, named so that keys may be sent there without encryption. */
  readonly origin: string
  readonly apiBaseUrl: string
  readonly token: string
  readonly externalId: string | null
  close(): Promise<void>
}

/** As from one continent to another: half of the answers within the first, nearly all within the second. */
const slow = { p50: 180, p95: 600 }

export async function startSimulator(
  kind: ProviderKind,
  { port, host, seed, isSlow, webhook }: Options,
): Promise<RunningSimulator> {
  const options = { seed, ...(isSlow && { latency: slow }) }
  const { simulator, path, token, externalId } = make(kind, options)
  if (webhook !== undefined && 'setWebhook' in simulator) simulator.setWebhook(webhook)
  const address = new URL(await simulator.listen(port, host))
  if (/^(127\.|0\.0\.0\.0|\[::1?\])/.test(address.hostname)) address.hostname = 'localhost'
  const { origin } = address
  const close = () => simulator.close()
  return { kind, origin, apiBaseUrl: `${origin}${path}`, token, externalId, close }
}

type Made = Parameters<typeof createCredlySimulator>[0]

function make(kind: ProviderKind, options: NonNullable<Made>) {
  switch (kind) {
    case 'credly': {
      const { token, organizationId: externalId } = credlySimulatorDefaults
      return { simulator: announcing(options), path: '/api/v1/', token, externalId }
    }
    case 'accredible': {
      const simulator = createAccredibleSimulator(options)
      return { simulator, path: '/v1/', token: accredibleSimulatorKey, externalId: null }
    }
    case 'badgr': {
      const { issuerToken: token, issuerId: externalId } = badgrSimulatorAccount
      return { simulator: createBadgrSimulator(options), path: '/', token, externalId }
    }
    default:
      return kind satisfies never
  }
}

function announcing(options: NonNullable<Made>) {
  const simulator = createCredlySimulator(options)
  const { organizationId: id, organizationName: name } = credlySimulatorDefaults
  const setWebhook = (webhookUrl: string) =>
    simulator.seed({ organizations: [{ id, name, webhookUrl }] })
  return { ...simulator, setWebhook }
}
