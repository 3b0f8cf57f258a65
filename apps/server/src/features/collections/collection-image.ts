import { escapeText } from '../../http/html.js'
import { insideSvg } from '../images/images.js'

export const collectionImageSize = { width: 1200, height: 630 } as const

type Given = {
  readonly name: string
  /** Such as `12 badges`. */
  readonly count: string
  readonly siteName: string
  readonly accent: string
  /** The first badges as PNG. */
  readonly pictures: readonly Buffer[]
}

/** How many badges are on it. */
export const picturesOnImage = 6

/** What the fonts of pictures have letters for; a name in another script is left to the words beside it. */
const drawable =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Common}\p{Script=Inherited}]*$/u

/** The picture of a collection for previews of its link: its name beside its first badges. */
export function collectionImage({ name, count, siteName, accent, pictures }: Given): string {
  const { width, height } = collectionImageSize
  const lines = drawable.test(name) ? wrapped(name, 15, 4) : []
  const size = lines.some((line) => line.length > 12) || lines.length > 3 ? 54 : 64
  const top = 250 - (lines.length - 1) * size * 0.45
  const title = lines.map(
    (line, n) =>
      `<text x="80" y="${top + n * size * 1.2}" font-size="${size}" font-weight="700" fill="#1b1b26">${escapeText(line)}</text>`,
  )
  const below = top + Math.max(lines.length, 1) * size * 1.2
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="DejaVu Sans"><rect width="${width}" height="${height}" fill="#f6f6fa"/><rect width="${width}" height="14" fill="${accent}"/>${title.join('')}<text x="80" y="${below}" font-size="32" fill="#55566a">${escapeText(count)}</text>${drawable.test(siteName) ? `<text x="80" y="570" font-size="28" font-weight="700" fill="${accent}">${escapeText(siteName)}</text>` : ''}${tiles(pictures)}</svg>`
}

// One large, or rows of two on the right-hand side.
function tiles(pictures: readonly Buffer[]): string {
  const shown = pictures.slice(0, picturesOnImage)
  const [first] = shown
  if (first !== undefined && shown.length === 1) {
    return insideSvg(first, { x: 730, y: 125, side: 380 })
  }
  const rows = Math.ceil(shown.length / 2)
  const side = rows === 1 ? 240 : rows === 2 ? 220 : 170
  const gap = 24
  const top = 322 - (rows * side + (rows - 1) * gap) / 2
  const left = 920 - side - gap / 2
  return shown
    .map((png, n) => {
      const x = left + (n % 2) * (side + gap)
      const y = top + Math.floor(n / 2) * (side + gap)
      return insideSvg(png, { x, y, side })
    })
    .join('')
}

/** Words in lines of about so many letters; the last line says that there is more. */
function wrapped(text: string, most: number, mostLines: number): string[] {
  const lines: string[] = []
  for (const word of text.trim().split(/\s+/)) {
    for (const part of word.match(new RegExp(`.{1,${most}}`, 'gu')) ?? []) {
      const last = lines.at(-1)
      const joined = `${last} ${part}`
      if (last !== undefined && joined.length <= most) lines[lines.length - 1] = joined
      else lines.push(part)
    }
  }
  if (lines.length <= mostLines) return lines
  return [...lines.slice(0, mostLines - 1), `${lines[mostLines - 1]?.slice(0, most - 1)}…`]
}
