/** Gives the reader a file that was made here. */
export function saveFile(name: string, content: string | Blob, type: string): void {
  const blob = typeof content === 'string' ? new Blob([content], { type }) : content
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name.replace(/[/\\?%*:|"<>]/g, '-')
  link.click()
  URL.revokeObjectURL(url)
}
