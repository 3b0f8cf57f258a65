/** The secret of a link stands behind its `#`, where no server on the way writes it down. */
export function secretOfLink(): string {
  return decodeURIComponent(window.location.hash.replace(/^#/, ''))
}
