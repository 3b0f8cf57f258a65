// The reference implementations of selective disclosure, for tests only.
declare module '@digitalbazaar/vc' {
  export function derive(options: object): Promise<Readonly<Record<string, unknown>>>
}

declare module '@digitalbazaar/ecdsa-multikey' {
  type Pair = { readonly publicKeyMultibase: string; signer(): object }
  export function generate(options: object): Promise<Pair>
}

declare module '@digitalbazaar/ecdsa-sd-2023-cryptosuite' {
  export function createSignCryptosuite(options: object): object
  export function createDiscloseCryptosuite(options: object): object
  export function createVerifyCryptosuite(): object
}
