const noise = 'Unsupported runtime. Use Node.js v22'

/**
 * Loads the OAuth server. On Node 20, on which all of it works and is tested, it says at this moment that
 * it would rather have a later one. That line, and nothing else, is kept out of the log.
 */
export async function loadProvider() {
  const { stderr } = process
  const write = stderr.write.bind(stderr)
  stderr.write = (chunk: string | Uint8Array, ...rest: never[]) =>
    String(chunk).includes(noise) || write(chunk, ...rest)
  try {
    return await import('oidc-provider')
  } finally {
    stderr.write = write
  }
}

export type ProviderModule = Awaited<ReturnType<typeof loadProvider>>
