/** The form that sites show above a link, 1.91 to 1. */
export const wideSize = { width: 764, height: 400 } as const

const ground = '#f6f6fa'
const margin = 30

/** A picture in the middle of a wide ground. */
export function onWideGround(svg: string): string {
  const { width, height } = wideSize
  const side = height - 2 * margin
  const place = { x: (width - side) / 2, y: margin, side }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><rect width="${width}" height="${height}" fill="${ground}"/>${insideSvg(svg, place)}</svg>`
}

type Place = { readonly x: number; readonly y: number; readonly side: number }

/** A whole picture as a part of another: neither can get at the names and styles of the other. */
export function insideSvg(svg: string, { x, y, side }: Place): string {
  const data = Buffer.from(svg).toString('base64')
  return `<image x="${x}" y="${y}" width="${side}" height="${side}" href="data:image/svg+xml;base64,${data}"/>`
}
