import { randomBytes } from 'node:crypto'
import {
  accredibleSimulatorKey,
  createAccredibleSimulator,
  createCredlySimulator,
  credlySimulatorDefaults,
} from '@rosette/providers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../src/testing/api-client.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'
import { buildServer, rosette } from './run-cli.js'

const credly = createCredlySimulator()
const accredible = createAccredibleSimulator()
const { organizationId: credlyId, token } = credlySimulatorDefaults
let app: TestApp
let api: ApiClient
let env: Record<string, string>
const numbers: Record<string, string> = {}

async function anAccount(provider: string, more: object) {
  const owner = await anOrganization(api)
  const answer = await api.post('provider-accounts', {
    ...owner,
    provider,
    skipTest: true,
    ...more,
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  numbers[String(answer.body.name)] = String(answer.body.number)
}

beforeAll(async () => {
  buildServer()
  const ROSETTE_MASTER_KEY = randomBytes(32).toString('base64')
  app = await createTestApp({ ROSETTE_MASTER_KEY })
  env = { DATABASE_URL: app.url, ROSETTE_MASTER_KEY }
  api = await createApiClient(app)
  await anAccount('credly', {
    name: 'Academy',
    externalId: credlyId,
    apiBaseUrl: `${await credly.listen()}/v1/`,
    credentials: { kind: 'token', token },
  })
  await anAccount('accredible', {
    name: 'Groups',
    apiBaseUrl: `${await accredible.listen()}/v1/`,
    credentials: { kind: 'token', token: accredibleSimulatorKey },
  })
}, 300_000)
afterAll(async () => {
  await credly.close()
  await accredible.close()
  await api.server.close()
  await app.drop()
})

describe('synchronising from the command line', () => {
  it('reads all templates of all Credly organizations, in words', async () => {
    const { code, stdout, stderr } = await rosette(['sync-organization-badge-templates'], { env })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toBe(`Academy (${numbers['Academy']}): 60 templates there, 60 new.\n`)
    const again = await rosette(
      ['sync-organization-badge-templates', '--organization-id', credlyId.toUpperCase()],
      { env },
    )
    expect(again.stdout).toContain('60 templates there, nothing changed.')
  })

  it('reads the groups of one Accredible account, as JSON', async () => {
    const number = String(numbers['Groups'])
    const args = ['sync-accredible-groups', '--api-config-id', number, '--json']
    const { code, stdout } = await rosette(args, { env })
    expect(code).toBe(0)
    const { accounts } = JSON.parse(stdout)
    expect(accounts).toMatchObject([{ provider: 'accredible', name: 'Groups', error: null }])
    expect(accounts[0].summary.created).toBe(accounts[0].summary.seen)
    const groups = await rosette(['sync-provider-templates', '--account', number], { env })
    expect(groups.stdout).toMatch(/^Groups .* there, nothing changed\.\n$/)
  })

  it('says which account failed, and goes on with the others', async () => {
    credly.faults.add({ fault: { kind: 'status', status: 503 } })
    const { code, stdout, stderr } = await rosette(['sync-provider-templates'], { env })
    credly.faults.clear()
    expect(code).toBe(1)
    expect(stderr).toMatch(/^Academy \(\d+\): not synchronised\. /)
    expect(stdout).toMatch(/^Groups /)
  })

  it('refuses an account that does not exist', async () => {
    for (const args of [
      ['sync-provider-templates', '--account', '4711'],
      ['sync-accredible-groups', '--api-config-id', String(numbers['Academy'])],
      ['sync-organization-badge-templates', '--organization-id', 'nobody'],
    ]) {
      const { code, stdout, stderr } = await rosette(args, { env })
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^There is no .*\.\n$/)
    }
  })
})
