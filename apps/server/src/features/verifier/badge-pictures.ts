import { detectImage } from '@rosette/open-badges'
import type { Inquiry } from './inquiry.js'

/** A picture in a page costs a third more than its bytes. */
const mostBytes = 1024 * 1024
const mostMs = 5_000

type Given = { readonly badge: unknown; readonly image?: string | undefined }

/**
 * The picture of a badge as a data URI, or undefined: from the file itself, from the address that was
 * given, or fetched by us. The page never names the address of a stranger's picture, because whoever
 * keeps it would learn who looks at the badge, from where, and when.
 */
export async function findPicture(given: Given, inquiry: Inquiry): Promise<string | undefined> {
  const { badge, image } = given
  const own = badge instanceof Uint8Array ? toDataUri(badge) : undefined
  const found = own ?? toDataUri(inquiry.image())
  if (found !== undefined || image === undefined) return found
  if (/^data:/i.test(image)) return ownDataUri(image)
  if (!/^https?:/i.test(image)) return undefined
  try {
    return toDataUri((await soon(inquiry.ask(image, 'image/*')))?.bytes)
  } catch {
    // A badge without its picture is still the badge: a tile stands there instead.
    return undefined
  }
}

async function soon<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), mostMs)
  })
  return await Promise.race([work, end]).finally(() => clearTimeout(timer))
}

function ownDataUri(text: string): string | undefined {
  const [, body] = /^data:image\/[\w.+-]+;base64,([\w+/=\s]+)$/i.exec(text) ?? []
  return body === undefined ? undefined : toDataUri(Buffer.from(body, 'base64'))
}

// By its content: what a server calls it decides nothing. An SVG as an image runs and fetches nothing.
function toDataUri(bytes: Uint8Array | undefined): string | undefined {
  if (bytes === undefined || bytes.length > mostBytes) return undefined
  const type = typeOf(bytes)
  if (type === undefined) return undefined
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
}

function typeOf(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (start.startsWith('\u00ff\u00d8\u00ff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(start)) return 'image/gif'
  if (/^RIFF.{4}WEBP/s.test(start)) return 'image/webp'
  const kind = detectImage(bytes)
  return kind === undefined ? undefined : { png: 'image/png', svg: 'image/svg+xml' }[kind]
}
