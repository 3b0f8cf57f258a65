/** What an input of the kind `datetime-local` shows: the time in the zone of whoever looks. */
export function toLocal(instant: string): string {
  const date = new Date(instant)
  if (instant === '' || Number.isNaN(date.getTime())) return ''
  const two = (number: number) => String(number).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** What was entered there as a point in time; empty when it is none. */
export function toInstant(local: string): string {
  const date = new Date(local)
  return local === '' || Number.isNaN(date.getTime())
    ? ''
    : date.toISOString().replace('.000Z', 'Z')
}
