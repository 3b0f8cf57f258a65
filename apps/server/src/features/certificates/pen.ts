import { createRequire } from 'node:module'
import type PDFDocument from 'pdfkit'
import { linesOf, type Run, runsOf } from './writing.js'

const require = createRequire(import.meta.url)
// The browser's files of this typeface are of a kind (WOFF2) that cannot be put into a PDF.
export const fonts = {
  brand: {
    plain: require.resolve('@expo-google-fonts/readex-pro/400Regular/ReadexPro_400Regular.ttf'),
    bold: require.resolve('@expo-google-fonts/readex-pro/700Bold/ReadexPro_700Bold.ttf'),
  },
  other: {
    plain: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
    bold: require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
  },
} as const

export const ink = '#1b1b26'
export type Doc = InstanceType<typeof PDFDocument>
export type Text = {
  readonly size: number
  readonly isBold?: boolean
  readonly colour?: string
  readonly mostLines?: number
  readonly tag?: 'H1' | 'H2' | 'P'
  readonly isCentred?: boolean
}
export type Place = { readonly x: number; readonly y: number; readonly width: number }

// With features named, a text is laid out as a whole and not word by word, which would turn Arabic around.
const whole = { features: ['liga' as const], lineBreak: false }

/** Puts text and pictures on a page, each known to those who hear it read. */
export function createPen(doc: Doc) {
  function figure(alt: string, draw: () => void): void {
    const element = doc.struct('Figure', { alt }, draw)
    doc.addStructure(element)
    element.end()
  }

  /** Writes lines, those in Arabic or Hebrew as they are read; answers where the next may begin. */
  function write(text: string, { x, y, width }: Place, how: Text): number {
    const { size, mostLines = 3, colour = ink, tag = 'P', isCentred = false } = how
    const fits = (line: string) => widthOf(line, how) <= width
    const lines = linesOf(text, { most: mostLines, fits })
    const element = doc.struct(tag, { actual: text }, () => {
      doc.fillColor(colour)
      for (const [n, line] of lines.entries()) {
        const start = isCentred ? x + (width - widthOf(line, how)) / 2 : x
        writeLine(line, { x: start, y: y + n * size * lineHeight }, how)
      }
    })
    doc.addStructure(element)
    element.end()
    return y + lines.length * size * lineHeight
  }

  function writeLine(line: string, { x, y }: Pick<Place, 'x' | 'y'>, how: Text): void {
    let at = x
    for (const run of runsOf(line)) {
      const width = widthIn(run, how)
      doc.text(run.text, at, y, whole)
      at += width
    }
  }

  function widthOf(line: string, how: Text): number {
    return runsOf(line).reduce((sum, run) => sum + widthIn(run, how), 0)
  }

  function widthIn({ text, font }: Run, { size, isBold = false }: Text): number {
    doc.font(fonts[font][isBold ? 'bold' : 'plain']).fontSize(size)
    return doc.widthOfString(text, whole)
  }

  return { figure, write }
}

export type Pen = ReturnType<typeof createPen>

const lineHeight = 1.25
