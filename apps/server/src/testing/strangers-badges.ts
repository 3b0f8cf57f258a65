import type { GuardedFetch } from '@rosette/guarded-fetch'
import { GuardedFetchError } from '@rosette/guarded-fetch'
import { generateKeyPair, hashIdentity, signDocument } from '@rosette/open-badges'

type Json = Readonly<Record<string, unknown>>

const created = '2026-03-12T08:30:00Z'
const contexts = [
  'https://www.w3.org/ns/credentials/v2',
  'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
]

/** An issuer that this site does not know; its key stands in its name, so nobody need be asked. */
export function aStranger(name = 'Riverbend College') {
  const key = generateKeyPair()
  const id = `did:key:${key.publicKeyMultibase}`
  const profile = { id, type: ['Profile'], name, url: 'https://riverbend.example/' }

  async function sign(document: Json): Promise<Json> {
    const verificationMethod = `${id}#${key.publicKeyMultibase}`
    return await signDocument({ ...document }, { key, verificationMethod, created })
  }

  return { key, id, profile, sign }
}

export type Stranger = ReturnType<typeof aStranger>

type Wanted = {
  readonly name?: string
  readonly email?: string
  readonly validUntil?: string
  /** Further members of the credential, its subject and its achievement. */
  readonly credential?: Json
  readonly subject?: Json
  readonly achievement?: Json
}

/** A signed badge of Open Badges 3.0 for whoever has the e-mail address. */
export async function aStrangersBadge({ profile, sign }: Stranger, wanted: Wanted = {}) {
  const { name = 'Marine Navigation', email = 'grace@learners.example', validUntil } = wanted
  return await sign({
    '@context': contexts,
    id: 'https://riverbend.example/credentials/7',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    issuer: profile,
    validFrom: created,
    ...(validUntil !== undefined && { validUntil }),
    credentialSubject: {
      type: ['AchievementSubject'],
      identifier: [
        {
          type: 'IdentityObject',
          hashed: true,
          identityHash: hashIdentity(email, 'sea'),
          identityType: 'emailAddress',
          salt: 'sea',
        },
      ],
      achievement: {
        id: 'https://riverbend.example/achievements/navigation',
        type: ['Achievement'],
        name,
        description: 'Plans and keeps a course along a tidal coast.',
        criteria: { narrative: 'Planned **three passages** and kept them.' },
        ...wanted.achievement,
      },
      ...wanted.subject,
    },
    ...wanted.credential,
  })
}

/** A word of one stranger about a thing of another. */
export async function anEndorsement({ profile, sign }: Stranger, about: string, comment: string) {
  return await sign({
    '@context': contexts,
    id: 'https://harbour.example/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'A word for it',
    issuer: profile,
    validFrom: created,
    credentialSubject: { id: about, type: ['EndorsementSubject'], endorsementComment: comment },
  })
}

/** A network in which only these addresses answer: with JSON, text or bytes. */
export function aNetwork(answers: Readonly<Record<string, unknown>>): GuardedFetch & {
  readonly asked: string[]
} {
  const asked: string[] = []
  const ask: GuardedFetch = async (url) => {
    asked.push(url)
    const answer = answers[url]
    if (answer instanceof Error) throw answer
    if (answer === undefined) {
      const message = `${new URL(url).host} does not answer.`
      throw new GuardedFetchError('ERR_GUARD_UNREACHABLE', message)
    }
    if (answer instanceof Uint8Array) return { bytes: answer, type: 'image/png', url }
    const isText = typeof answer === 'string'
    const bytes = Buffer.from(isText ? answer : JSON.stringify(answer))
    return { bytes, type: isText ? 'text/html' : 'application/json', url }
  }
  return Object.assign(ask, { asked })
}
