import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, anOrganization, createApiClient } from '../src/testing/api-client.js'
import { createTestApp, type TestApp } from '../src/testing/test-app.js'
import { buildServer, commandFile, rosette } from './run-cli.js'

let app: TestApp
let api: ApiClient
beforeAll(async () => {
  buildServer()
  app = await createTestApp()
  api = await createApiClient(app)
}, 300_000)
afterAll(async () => {
  await api.server.close()
  await app.drop()
})

/** Starts it and waits for what it prints. */
async function started(...args: string[]) {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [commandFile, 'simulate-provider', ...args], {
    env: { PATH, HOME },
  })
  let text = ''
  child.stdout.setEncoding('utf8')
  for await (const part of child.stdout.iterator({ destroyOnReturn: false })) {
    text += part
    if (text.includes('/__sim/reset')) break
  }
  async function end() {
    child.kill('SIGINT')
    const [code] = await once(child, 'exit')
    return code
  }
  return { text, end }
}

describe('rosette simulate-provider', () => {
  it.each(['credly', 'accredible', 'badgr'])(
    'is a %s at which the account that it explains works, and ends on Ctrl-C',
    async (kind) => {
      const { text, end } = await started(kind, '--port', '0', '--seed', '7')
      const body = /-d '(\{"organizationId".*\})'$/m.exec(text)?.[1] ?? ''
      const { organizationId } = await anOrganization(api)
      const account = JSON.parse(body.replace("'$ORG'", organizationId))
      const made = await api.post('provider-accounts', account)
      expect(made).toMatchObject({ status: 201, body: { provider: kind, state: 'working' } })
      const { status, body: found } = await api.post(`provider-accounts/${made.body.id}/sync`)
      expect([status, found.seen > 0]).toEqual([200, true])

      const { origin } = new URL(account.apiBaseUrl)
      const faults = /-d '(\{"fault".*\})'/.exec(text)?.[1] ?? ''
      const headers = { 'content-type': 'application/json' }
      await fetch(`${origin}/__sim/faults`, { method: 'POST', headers, body: faults })
      const tested = await api.post(`provider-accounts/${made.body.id}/test`)
      expect(tested).toMatchObject({ status: 502, body: { code: 'provider-unreachable' } })
      expect(await end()).toBe(0)
    },
  )

  it.each([
    [['nobody', '--port', '0']],
    [['credly']],
    [['credly', '--port', 'high']],
    [['badgr', '--port', '0', '--webhook', 'http://localhost:1/hook']],
    [['credly', '--port', '0', '--latency', 'slow']],
  ])('answers 2 and a sentence to %j', async (args) => {
    const { code, stdout, stderr } = await rosette(['simulate-provider', ...args])
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr.trim()).not.toBe('')
  })
})
