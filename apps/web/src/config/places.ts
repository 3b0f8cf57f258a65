/** The address below which the console lies, as the server wrote it into the page: `/console/` or `/badges/console/`. */
export const consolePath = new URL('.', document.baseURI).pathname

/** The address below which everything else of the installation lies. */
export const sitePath = new URL('..', document.baseURI).pathname
export const siteUrl = new URL('..', document.baseURI).href.replace(/\/$/, '')

/** What our own styles need to be allowed to run under the content security policy. */
export const styleNonce =
  document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
