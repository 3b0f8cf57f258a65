import { createRequire } from 'node:module'
import { Resvg, type ResvgRenderOptions, renderAsync } from '@resvg/resvg-js'
import { refuseImage } from './refuse-image.js'

const require = createRequire(import.meta.url)
const fontFiles = [
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'),
  require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf'),
]

// Only our own fonts: a badge looks the same on every machine.
const font = {
  loadSystemFonts: false,
  fontFiles,
  defaultFontFamily: 'DejaVu Sans',
  sansSerifFamily: 'DejaVu Sans',
  serifFamily: 'DejaVu Sans',
  monospaceFamily: 'DejaVu Sans',
} as const

/** Draws an SVG as a PNG whose longer side has `size` pixels, beside the main thread. */
export async function renderSvg(svg: string, size: number): Promise<Buffer> {
  const { width, height } = new Resvg(svg, { font: { loadSystemFonts: false } })
  const mode = width >= height ? 'width' : 'height'
  const options: ResvgRenderOptions = { font, fitTo: { mode, value: size }, logLevel: 'off' }
  return (await renderAsync(svg, options)).asPng()
}

/** Makes sure that an SVG can be drawn, and is not so long and thin that drawing it takes all memory. */
export function checkDrawable(svg: string): void {
  const { width, height } = parsed(svg)
  const ratio = Math.max(width, height) / Math.min(width, height)
  if (ratio > 4 || !Number.isFinite(ratio)) {
    throw refuseImage(
      `The SVG is ${Math.round(width)} wide and ${Math.round(height)} high.`,
      'A badge should be square, or nearly so.',
    )
  }
}

function parsed(svg: string): Resvg {
  try {
    return new Resvg(svg, { font: { loadSystemFonts: false } })
  } catch (cause) {
    throw refuseImage('The SVG is damaged and cannot be drawn.', 'Export it again.', cause)
  }
}
