// The version that is installed has no types of its own; these are the parts that are used.
declare module 'lru-cache' {
  export default class LRU<Key, Value> {
    constructor(options: {
      /** The most that all lengths may add up to. */
      readonly max: number
      readonly length?: (value: Value, key: Key) => number
    })
    get(key: Key): Value | undefined
    /** Answers false when it is too large to be kept at all. */
    set(key: Key, value: Value): boolean
    del(key: Key): void
  }
}
