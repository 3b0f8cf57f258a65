const dollar = 36
const star = 42
const minus = 45
const zero = 48
const carriageReturn = 13

/** Bytes that are not what a Redis answers to XREADGROUP. */
export class ReplyError extends Error {
  override readonly name = 'ReplyError'
}

/**
 * Walks over RESP2 without making anything. Running past the end is no error but sets `short`, for
 * the rest is still on its way; what was read since the last check is then void.
 */
export class ReplyCursor {
  readonly bytes: Buffer
  at = 0
  short = false
  /** The borders of the blob that `blob` passed last; both are -1 for a nil. */
  start = -1
  end = -1

  constructor(bytes: Buffer) {
    this.bytes = bytes
  }

  /** How many elements the array has that begins here; -1 for a nil. */
  array(): number {
    return this.#integer(star)
  }

  /** Passes one blob. */
  blob(): void {
    const length = this.#integer(dollar)
    this.start = length < 0 ? -1 : this.at
    this.end = length < 0 ? -1 : this.at + length
    if (length >= 0) this.at = this.end + 2
    if (this.at > this.bytes.length) this.short = true
  }

  /** Whether the last blob consists of these bytes. */
  isBlob(expected: Uint8Array): boolean {
    if (this.end - this.start !== expected.length) return false
    for (let i = 0; i < expected.length; i++) {
      if (this.bytes[this.start + i] !== expected[i]) return false
    }
    return true
  }

  /** The last blob as text. */
  text(): string {
    return this.bytes.toString('utf8', this.start, this.end)
  }

  #integer(kind: number): number {
    const { bytes } = this
    if (this.at >= bytes.length) this.short = true
    if (this.short) return 0
    if (bytes[this.at] !== kind) throw new ReplyError(`Not a reply: ${this.#around()}`)
    const isNegative = bytes[this.at + 1] === minus
    let value = 0
    for (let at = this.at + (isNegative ? 2 : 1); at < bytes.length - 1; at++) {
      const byte = bytes[at] ?? zero
      if (byte === carriageReturn) {
        this.at = at + 2
        return isNegative ? -value : value
      }
      value = value * 10 + byte - zero
    }
    this.short = true
    return 0
  }

  #around(): string {
    return JSON.stringify(this.bytes.toString('latin1', this.at, this.at + 40))
  }
}
