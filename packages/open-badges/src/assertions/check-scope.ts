import { objectOf } from '../credentials/summary.js'
import { type JsonObject, stringsOf } from '../json/json.js'
import { failed, passed } from '../report/checks.js'
import type { Check } from '../report/report.js'
import { hostOf, isUrl } from './assertion-documents.js'

/** Checks that an issuer speaks for the address of a badge (OB 2.0, VerificationObject). */
export function checkScope(assertion: JsonObject, issuer: JsonObject): Check {
  const id = String(assertion['id'])
  const { allowedOrigins, startsWith } = objectOf(issuer['verification'])
  const origins = stringsOf(allowedOrigins)
  const starts = stringsOf(startsWith)
  const detail = { issuer: issuer['id'] ?? issuer['url'], badge: id }
  const strange = origins.find((origin) => authorityOf(origin) === undefined)
  if (strange !== undefined) {
    const message = `The issuer misspells the hosts it speaks for: allowedOrigins should hold a host such as badges.example, and holds ${strange.slice(0, 200)}. Ask the issuer to mend it.`
    return notBound(message, { ...detail, allowedOrigins: strange.slice(0, 200) })
  }
  // Before 1.1 an issuer had no address, only the origin of all its badges (OB 0.5, issuer.origin).
  const own = hostOf(issuer['id'] ?? issuer['url'])
  const allowed = origins.length > 0 ? origins.map(authorityOf) : [own]
  const isOurs =
    isPlain(id) &&
    allowed.includes(hostOf(id)) &&
    (starts.length === 0 || starts.some((start) => id.startsWith(start)))
  if (isOurs)
    return passed('issuer', 'The issuer vouches for the address of the badge.', { detail })
  const message =
    'The issuer does not vouch for badges at this address: it may be somebody else who uses its name.'
  return notBound(message, detail)
}

/** The host and port that an origin names, or undefined when it is more or less than that. */
function authorityOf(origin: string): string | undefined {
  if (!/^[^\s/?#@\\]+$/.test(origin) || !URL.canParse(`https://${origin}`)) return undefined
  return new URL(`https://${origin}`).host
}

// `/badges/../others/1` begins like the one and is the other.
function isPlain(id: string): boolean {
  return isUrl(id) && !/\/\.{1,2}([/?#]|$)/.test(id.replace(/%2e/gi, '.')) && !id.includes('\\')
}

function notBound(message: string, detail: Check['detail'] & object): Check {
  return failed('issuer', { error: 'ERR_OB_KEY_NOT_BOUND', message }, { detail })
}
