// Strangers choose what is kept, so it is short and little.
const MAX_KEPT = 200
const MAX_LENGTH = 300

/**
 * Works out what a header means once for each value: clients send the same few over and over. A
 * header that is missing is an empty one.
 */
export function byHeader<Meaning>(
  workOut: (header: string) => Meaning,
): (header: string | undefined) => Meaning {
  const known = new Map<string, Meaning>()

  return (header = '') => {
    const kept = known.get(header)
    if (kept !== undefined) return kept
    const meaning = workOut(header)
    if (header.length > MAX_LENGTH) return meaning
    if (known.size >= MAX_KEPT) known.clear()
    known.set(header, meaning)
    return meaning
  }
}
