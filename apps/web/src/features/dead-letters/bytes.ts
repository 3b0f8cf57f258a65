/** Bytes as text; what is no text is shown as dots, as hex editors do. */
export function textOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))
  return new TextDecoder().decode(bytes).replace(/[^\P{C}\n\t]|\uFFFD/gu, '·')
}

/** Sixteen bytes a line, with the place of the first. */
export function hexLines(hex: string): string {
  const lines = hex.match(/.{1,32}/g) ?? []
  return lines
    .map((line, at) => {
      const place = (at * 16).toString(16).padStart(6, '0')
      return `${place}  ${(line.match(/../g) ?? []).join(' ')}`
    })
    .join('\n')
}
