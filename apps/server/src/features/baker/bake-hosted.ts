import { createHash } from 'node:crypto'
import {
  bake,
  detectImage,
  OpenBadgesError,
  type Report,
  verifyCredential,
} from '@rosette/open-badges'
import { AppError } from '../../http/app-error.js'
import { checkImage } from '../images/images.js'
import { decisiveCheck, type FetchElsewhere, openInquiry } from '../verifier/verifier.js'

type Deps = {
  readonly here: Parameters<typeof openInquiry>[0]['here']
  readonly elsewhere: FetchElsewhere
  readonly now: () => Date
}

export type BakedFile = {
  readonly bytes: Uint8Array
  readonly name: string
  readonly type: 'image/png' | 'image/svg+xml'
}

/** Why nothing could be baked, in the words of the Mozilla Backpack, with the address that it is about. */
export class CannotBake extends Error {
  readonly code: string
  readonly extra: unknown

  constructor(code: string, message: string, extra: unknown = null) {
    super(message)
    this.code = code
    this.extra = extra
  }
}

const mostAddresses = 20
const withinMs = 20_000

/** Puts a badge of anybody, at the address where it is hosted, into its own picture. */
export function createBaking({ here, elsewhere, now }: Deps) {
  return async (address: string): Promise<BakedFile> => {
    const inquiry = openInquiry({ here, elsewhere, most: mostAddresses, withinMs })
    const text = await read(address, () => inquiry.ask(address))
    const report = await verifyCredential(text, { documents: inquiry.documents, now: now() })
    assertBakeable(report, address)
    const picture = await readPicture(report, (url) => inquiry.ask(url, 'image/*'))
    const bytes = putInside(picture, text)
    const isSvg = detectImage(bytes) === 'svg'
    const name = createHash('md5').update(address).digest('hex')
    return {
      bytes,
      name: `${name}.${isSvg ? 'svg' : 'png'}`,
      type: isSvg ? 'image/svg+xml' : 'image/png',
    }
  }
}

type Ask = () => Promise<{ readonly bytes: Uint8Array; readonly type: string }>

async function read(url: string, ask: Ask): Promise<string> {
  try {
    const { bytes } = await ask()
    if (detectImage(bytes) === undefined) return new TextDecoder().decode(bytes).trim()
  } catch (error) {
    throw new CannotBake('unreachable', wordsOf(error, 'The assertion could not be fetched.'), url)
  }
  throw new CannotBake('invalid', 'This is a picture. Give the address of the assertion.', url)
}

// What is no badge, or is in force no more, would be a file that fails wherever it is used.
function assertBakeable(report: Report, url: string): void {
  const { kind, verdict } = report
  const reason = decisiveCheck(report)?.message
  if (kind === 'unrecognised') {
    throw new CannotBake('invalid', reason ?? 'There is no badge at this address.', url)
  }
  if (verdict === 'invalid' || verdict === 'revoked') {
    throw new CannotBake(verdict, reason ?? 'The badge is not valid.', url)
  }
}

async function readPicture(
  { badge: { image } }: Report,
  ask: (url: string) => ReturnType<Ask>,
): Promise<Buffer> {
  if (image === undefined) throw new CannotBake('no-image', 'The badge names no picture.')
  const bytes = dataOf(image) ?? (await fetched(image, ask))
  try {
    return checkImage(bytes).content
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new CannotBake('invalid-image', error.message, image.slice(0, 300))
  }
}

function dataOf(image: string): Buffer | undefined {
  const [, body] = /^data:image\/[\w.+-]+;base64,([\w+/=\s]+)$/i.exec(image) ?? []
  return body === undefined ? undefined : Buffer.from(body, 'base64')
}

async function fetched(url: string, ask: (url: string) => ReturnType<Ask>): Promise<Buffer> {
  try {
    return Buffer.from((await ask(url)).bytes)
  } catch (error) {
    throw new CannotBake('unreachable', wordsOf(error, 'The picture could not be fetched.'), url)
  }
}

function putInside(picture: Buffer, text: string): Uint8Array {
  try {
    return bake(picture, text)
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error
    throw new CannotBake('invalid-image', error.message)
  }
}

// Of errors that were not written for people, only that it did not work.
function wordsOf(error: unknown, otherwise: string): string {
  return error instanceof Error && error.name === 'GuardedFetchError' ? error.message : otherwise
}
