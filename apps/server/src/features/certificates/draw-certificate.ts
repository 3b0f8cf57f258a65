import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'
import type { CertificateFacts } from './certificate-facts.js'
import { createPen, type Doc, fonts, ink, type Pen, type Text } from './pen.js'
import { isWritable } from './writing.js'

const messages = {
  kicker: 'Certificate',
  certifies: 'This certifies that',
  earned: 'has earned the badge',
  awarded: 'Awarded for the badge',
  issuedBy: (issuer: string) => `issued by ${issuer}`,
  on: (day: string) => `Awarded on ${day}`,
  until: (day: string) => `Valid until ${day}`,
  wasUntil: (day: string) => `Was valid until ${day}`,
  took: 'What it took',
  about: 'About this badge',
  check: 'Anyone can check this badge',
  checkFile: 'The badge itself can be checked at',
  elsewhere: 'Issued by another site, and kept here by its learner.',
  id: (id: string) => `Badge ${id}`,
  nameThere: 'Its name is on its page',
}

/** How the site looks. */
export type Look = {
  readonly siteName: string
  readonly accent: string
  /** A PNG. */
  readonly logo: Buffer
}

type Drawn = Look & {
  readonly facts: CertificateFacts
  readonly picture: Buffer
  readonly at: Date
}

const soft = '#55566a'
const page = { width: 841.89, height: 595.28 } as const
const frame = 28
const left = { x: 74, width: 200 } as const
const right = { x: 322, width: 450 } as const

/** One page of A4, tagged for those who hear it read. */
export async function drawCertificate(drawn: Drawn): Promise<Buffer> {
  const { facts, siteName, at } = drawn
  const doc = new PDFDocument({
    size: 'A4',
    layout: 'landscape',
    margin: 0,
    font: fonts.brand.plain,
    pdfVersion: '1.7',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: titleOf(facts),
      Author: facts.issuerName || siteName,
      Creator: siteName,
      CreationDate: at,
      ModDate: at,
    },
  })
  const chunks: Buffer[] = []
  const done = new Promise<Buffer>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk))
    doc.on('end', () => resolve(Buffer.concat(chunks)))
    doc.on('error', reject)
  })
  const pen = createPen(doc)
  drawGround(doc, pen, drawn)
  drawLeft(doc, pen, drawn)
  drawRight(pen, drawn)
  doc.end()
  return await done
}

function titleOf({ name, learnerName }: CertificateFacts): string {
  return learnerName === null ? `Certificate: ${name}` : `Certificate: ${name}, ${learnerName}`
}

function drawGround(doc: Doc, { figure, write }: Pen, { accent, logo, siteName }: Drawn): void {
  doc.markContent('Artifact', { type: 'Layout' })
  doc.rect(0, 0, page.width, page.height).fill('#ffffff')
  const [width, height] = [page.width - 2 * frame, page.height - 2 * frame]
  doc.lineWidth(1.5).roundedRect(frame, frame, width, height, 18).stroke(accent)
  doc
    .roundedRect(frame + 6, frame + 6, width - 12, height - 12, 13)
    .lineWidth(0.5)
    .stroke(accent)
  doc.endMarkedContent()
  figure(siteName, () => doc.image(logo, 60, 56, { fit: [40, 34], valign: 'center' }))
  const place = { x: 108, y: 64, width: 400 }
  if (isWritable(siteName)) write(siteName, place, { size: 14, isBold: true, mostLines: 1 })
}

function drawLeft(doc: Doc, { figure, write }: Pen, { facts, picture }: Drawn): void {
  const { x, width } = left
  figure(`Badge: ${facts.name}`, () => doc.image(picture, x, 124, { fit: [width, width] }))
  const code = { x: x + (width - 104) / 2, y: 356, side: 104 }
  figure(`QR code that leads to ${facts.url}`, () => drawCode(doc, facts.url, code))
  const label = facts.isPrivate ? messages.checkFile : messages.check
  const next = write(
    label,
    { x: x - 20, y: 472, width: width + 40 },
    { size: 9.5, isBold: true, isCentred: true },
  )
  write(
    facts.url,
    { x: x - 34, y: next + 3, width: width + 68 },
    { size: 7, colour: soft, isCentred: true },
  )
}

function drawRight({ write }: Pen, { facts, accent }: Drawn): void {
  const { x, width } = right
  let y = 120
  const put = (text: string, how: Text, gap = 0) => {
    y = write(text, { x, y, width }, how) + gap
  }
  const { learnerName, name } = facts
  put(messages.kicker, { size: 13, colour: soft, tag: 'H1' }, 14)
  if (learnerName !== null && isWritable(learnerName)) {
    put(messages.certifies, { size: 13 }, 4)
    put(learnerName, { size: 32, isBold: true, mostLines: 2 }, 6)
    put(messages.earned, { size: 13 }, 4)
  } else {
    put(messages.awarded, { size: 13 }, 4)
  }
  const title = isWritable(name) ? name : messages.nameThere
  put(title, { size: 25, isBold: true, colour: accent, mostLines: 3, tag: 'H2' }, 4)
  if (facts.issuerName !== '' && isWritable(facts.issuerName)) {
    put(messages.issuedBy(facts.issuerName), { size: 14, mostLines: 2 }, 12)
  }
  for (const line of datesOf(facts)) put(line, { size: 12 }, 2)
  y += 12
  const criteria = plainText(facts)
  if (criteria !== '' && isWritable(criteria) && y < 430) {
    put(
      facts.criteria === '' ? messages.about : messages.took,
      { size: 11, isBold: true, tag: 'H2' },
      3,
    )
    put(criteria, {
      size: 10.5,
      colour: soft,
      mostLines: Math.max(2, Math.min(7, Math.floor((505 - y) / 15))),
    })
  }
  const end = { x, y: 522, width }
  const origin = facts.isImported ? `${messages.elsewhere} ` : ''
  write(`${origin}${messages.id(facts.id)}`, end, { size: 8, colour: soft, mostLines: 1 })
}

function datesOf({ awardedOn, expiresOn, hasExpired }: CertificateFacts): readonly string[] {
  const until = hasExpired ? messages.wasUntil : messages.until
  return [
    ...(awardedOn === null ? [] : [messages.on(awardedOn)]),
    ...(expiresOn === null ? [] : [until(expiresOn)]),
  ]
}

/** The criteria, or else what the badge is, without the signs of Markdown. */
function plainText({ criteria, description }: CertificateFacts): string {
  const text = criteria === '' ? description : criteria
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<(https?:[^>]*)>/g, '$1')
    .replace(/^\s*(?:[-*+]|\d+[.)])\s+/gm, '• ')
    .replace(/^\s*(?:#{1,6}|>)\s+/gm, ' ')
    .replace(/[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

type Square = { readonly x: number; readonly y: number; readonly side: number }

function drawCode(doc: Doc, text: string, { x, y, side }: Square): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const step = side / modules.size
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column) === 0) continue
      doc.rect(x + column * step, y + row * step, step, step)
    }
  }
  doc.fill(ink)
}
