import { verifyCredential } from '@rosette/open-badges'
import { aBadge, anAward } from './sample-awards.js'
import type { TestApp } from './test-app.js'

type Server = ReturnType<TestApp['createServer']>

/** Verifies as a stranger would, with nothing but what the server answers to everybody. */
export function createStranger(server: Server, now: () => Date) {
  async function fetchPublic(address: string): Promise<unknown> {
    const { origin, pathname, search } = new URL(documentUrl(address))
    const headers = { accept: 'application/json' }
    const answer = await server.inject({ url: `${pathname}${search}`, headers })
    const isThere = answer.statusCode === 200 || answer.statusCode === 410
    if (origin !== 'https://badges.example' || !isThere) throw new Error(address)
    return answer.json()
  }

  return {
    fetch: fetchPublic,
    verify: (text: string) => verifyCredential(text, { documents: fetchPublic, now: now() }),
    get: (url: string, accept = 'application/json') => server.inject({ url, headers: { accept } }),
  }
}

// What a resolver makes of did:web:badges.example:issuers:…#key
function documentUrl(address: string): string {
  const [, path = address] = /^did:web:badges\.example:([^#]+)/.exec(address) ?? []
  if (path === address) return address
  return `https://badges.example/${path.replaceAll(':', '/')}/did.json`
}

/** A badge that was awarded and signed. */
export async function aSignedBadge(
  app: TestApp,
  wanted: Parameters<typeof aBadge>[1] = {},
  more: object = {},
) {
  const badge = await aBadge(app, wanted)
  return { ...badge, awardId: await anotherSigned(app, { ...badge, ...more }) }
}

/** One more of the same. */
export async function anotherSigned(app: TestApp, wanted: Parameters<typeof anAward>[1]) {
  const awardId = await anAward(app, wanted)
  await app.issuances.issue({ awardId }, { number: 1, isLast: false })
  return awardId
}
