/** Before the first page of a list there is no cursor. */
export function firstPage(): string | null {
  return null
}
