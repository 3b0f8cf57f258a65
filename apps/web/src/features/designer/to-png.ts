/** Draws an SVG as a PNG whose longer side has `size` pixels. */
export async function toPng(svg: string, size: number): Promise<Blob> {
  const image = new Image()
  image.src = toDataUrl(svg)
  await image.decode()
  const scale = size / Math.max(image.naturalWidth, image.naturalHeight)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(image.naturalWidth * scale)
  canvas.height = Math.round(image.naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The picture cannot be drawn as a PNG here.'))
      else resolve(blob)
    }, 'image/png')
  })
}

export function toDataUrl(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
}
