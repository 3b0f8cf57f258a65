import { createAccredible } from './accredible/accredible.js'
import { createBadgr } from './badgr/badgr.js'
import { createCredly } from './credly/credly.js'
import { describeProvider } from './provider.features.js'
import { createAccredibleSimulator } from './simulators/accredible-simulator.js'
import { accredibleSimulatorKey } from './simulators/accredible-store.js'
import {
  badgrSimulatorAccount,
  badgrSimulatorBadgeClassId,
  createBadgrSimulator,
} from './simulators/badgr-simulator.js'
import { credlySimulatorDefaults, credlyTemplateId } from './simulators/credly-seed.js'
import { createCredlySimulator } from './simulators/credly-simulator.js'

const wrongKey = 'a-key-that-is-wrong'

describeProvider('Badgr', async () => {
  const simulator = createBadgrSimulator()
  const origin = await simulator.listen()
  const { issuerId, username, password } = badgrSimulatorAccount
  const more = Array.from({ length: 120 }, (_, n) => ({ name: `More ${n}` }))
  simulator.seed({ badgeClasses: more })
  return {
    ...simulator,
    origin,
    secret: password,
    templateId: badgrSimulatorBadgeClassId(1),
    unknown: { templateId: 'NoBadgeClass0000000000', badgeId: 'NoAssertion00000000000' },
    orderPath: '/assertions',
    connect(deps = {}, key) {
      const credentials = {
        kind: 'password',
        username,
        password: key === 'wrong' ? wrongKey : password,
      } as const
      return createBadgr(
        { baseUrl: origin, issuerId, credentials },
        { now: simulator.now, ...deps },
      )
    },
    countLive: () =>
      simulator.assertions().filter(({ state }) => !['revoked', 'expired'].includes(state)).length,
  }
})

describeProvider('Credly', async () => {
  const simulator = createCredlySimulator()
  const origin = await simulator.listen()
  const { organizationId, token } = credlySimulatorDefaults
  const nothing = '00000000-0000-4000-8000-000000000000'
  return {
    ...simulator,
    origin,
    secret: token,
    templateId: credlyTemplateId(1),
    unknown: { templateId: nothing, badgeId: nothing },
    orderPath: '/badges',
    connect(deps = {}, key) {
      const credentials = { kind: 'token', token: key === 'wrong' ? wrongKey : token } as const
      const addresses = { apiBaseUrl: `${origin}/v1/`, webBaseUrl: `${origin}/` }
      const options = { organizationId, credentials, ...addresses }
      return createCredly(options, { now: simulator.now, ...deps })
    },
    countLive: () =>
      simulator.badges().filter(({ state }) => ['pending', 'accepted'].includes(state)).length,
  }
})

describeProvider('Accredible', async () => {
  const simulator = createAccredibleSimulator()
  const origin = await simulator.listen()
  return {
    ...simulator,
    origin,
    secret: accredibleSimulatorKey,
    templateId: String(simulator.groups()[0]?.id),
    unknown: { templateId: '999999', badgeId: '999999' },
    orderPath: '/credentials',
    connect(deps = {}, key) {
      const apiKey = key === 'wrong' ? wrongKey : accredibleSimulatorKey
      const options = { apiBaseUrl: `${origin}/v1/`, webBaseUrl: `${origin}/`, apiKey }
      return createAccredible(options, { now: simulator.now, ...deps })
    },
    countLive: () => simulator.credentials().filter(({ state }) => state === 'published').length,
  }
})
