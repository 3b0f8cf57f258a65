import type { Db } from '../../db/database.js'
import {
  isOurToken,
  type LetterKind,
  letterKinds,
  optedOut,
  optOut,
  sealAddress,
} from './opt-out-repository.js'

type Deps = { readonly db: Db; readonly baseUrl: string }

/** The way out of letters that needs no account: a link that only the address has. */
export function createUnsubscribing({ db, baseUrl }: Deps) {
  async function linkFor(email: string, letters: LetterKind): Promise<string> {
    const { hash, token } = await sealAddress(db, email, letters)
    const parts = [letters, hash.toString('base64url'), token.toString('base64url')]
    return `${baseUrl}/unsubscribe/${parts.join('/')}`
  }

  /** What a link is about; undefined when it is none of ours. */
  async function read(link: Link): Promise<Asked | undefined> {
    const letters = letterKinds.find((one) => one === link.letters)
    const hash = Buffer.from(link.hash, 'base64url')
    const token = Buffer.from(link.token, 'base64url')
    if (letters === undefined || hash.length !== 32) return undefined
    return (await isOurToken(db, { hash, token, letters })) ? { letters, hash } : undefined
  }

  return {
    linkFor,
    read,
    carryOut: ({ hash, letters }: Asked) => optOut(db, hash, letters),
    isWanted: async (email: string, letters: LetterKind) =>
      !(await optedOut(db, email)).has(letters),
  }
}

export type Unsubscribing = ReturnType<typeof createUnsubscribing>

type Link = { readonly letters: string; readonly hash: string; readonly token: string }
type Asked = { readonly letters: LetterKind; readonly hash: Buffer }
