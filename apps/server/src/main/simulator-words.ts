import { providerNames } from '@rosette/providers'
import type { RunningSimulator } from './provider-simulators.js'

const names = { ...providerNames, badgr: 'server of Badgr' }

/** What somebody who has just started a simulator wants to know. */
export function howToUse(simulator: RunningSimulator): readonly string[] {
  const { kind, origin, apiBaseUrl, token, externalId } = simulator
  return [
    '',
    `  A simulated ${names[kind]} is ready. It forgets everything when it ends: Ctrl-C.`,
    '',
    `  Address of the API:  ${apiBaseUrl}`,
    `  Key:                 ${token}`,
    ...(externalId === null ? [] : [`  ${idNames[kind]}${externalId}`]),
    '',
    '  Make an account for it (ORG is the id of your organization, TOKEN the administration token):',
    ...accountCommand(simulator),
    '',
    '  Let the next three requests fail, then look at what was asked, then forget all faults:',
    `    curl -X POST ${origin}/__sim/faults -H 'content-type: application/json' \\`,
    `      -d '{"fault":{"kind":"status","status":503},"times":3}'`,
    `    curl ${origin}/__sim/requests`,
    `    curl -X DELETE ${origin}/__sim/faults`,
    '  Other kinds: hang, reset, rate-limit, lost-answer, delay. A reset of everything: POST /__sim/reset',
    '',
  ]
}

const idNames = {
  credly: 'Organization:        ',
  accredible: '',
  badgr: 'Issuer:              ',
} as const

function accountCommand({ kind, apiBaseUrl, token, externalId }: RunningSimulator) {
  const body = {
    provider: kind,
    name: `Simulated ${names[kind]}`,
    apiBaseUrl,
    ...(externalId !== null && { externalId }),
    credentials: { kind: 'token', token },
  }
  const text = JSON.stringify({ organizationId: 'ORG', ...body }).replace('"ORG"', `"'$ORG'"`)
  return [
    '    curl -X POST http://localhost:8080/api/v1/provider-accounts \\',
    `      -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\`,
    `      -d '${text}'`,
  ]
}
