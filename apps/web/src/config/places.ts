/** The address below which this part of the site lies, as the server wrote it into the page: `/console/` or `/badges/backpack/`. */
export const areaPath = new URL('.', document.baseURI).pathname

/** The address below which everything else of the installation lies. */
export const sitePath = new URL('..', document.baseURI).pathname
export const siteUrl = new URL('..', document.baseURI).href.replace(/\/$/, '')

/** Where people run badges, and where learners keep theirs: two parts of one build. */
export const consolePath = `${sitePath}console/`
export const backpackPath = `${sitePath}backpack/`
export const area = areaPath === backpackPath ? 'backpack' : 'console'

/** What our own styles need to be allowed to run under the content security policy. */
export const styleNonce =
  document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''
