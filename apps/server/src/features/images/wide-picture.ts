/** The form that sites show above a link, 1.91 to 1. */
export const wideSize = { width: 764, height: 400 } as const

const ground = '#f6f6fa'
const margin = 30

/** A picture in the middle of a wide ground. */
export function onWideGround(png: Buffer): string {
  const { width, height } = wideSize
  const side = height - 2 * margin
  const place = { x: (width - side) / 2, y: margin, side }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${ground}"/>${insideSvg(png, place)}</svg>`
}

type Place = { readonly x: number; readonly y: number; readonly side: number }

/** A picture as a part of another; as a PNG, because letters in an SVG within an SVG find no fonts. */
export function insideSvg(png: Buffer, { x, y, side }: Place): string {
  const data = png.toString('base64')
  return `<image x="${x}" y="${y}" width="${side}" height="${side}" href="data:image/png;base64,${data}"/>`
}
