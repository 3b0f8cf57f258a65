/** The beginning of a foreign text, on one line and without markup. */
export function excerpt(text: string): string {
  // Cut before as well: the search for markup takes quadratic time where none of it is closed.
  const plain = text
    .slice(0, 4000)
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain
}

/** The sentence in the answer of a service, as the end of one of ours: what is around it is for programs. */
export function quoted(text: string): string {
  const words = wordsIn(parseJson(text)).join('; ')
  const said = excerpt(words === '' ? text : words)
  return said === '' ? '.' : `: ${said}`
}

/** Undefined for what is no JSON. NUL characters are left out: no database takes them. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/\\(?:u0000|.)/g, (found) => (found === nul ? '' : found)))
  } catch {
    return undefined
  }
}

const nul = '\\u0000'

/** Where services put what they have to say. */
const places = ['message', 'error_description', 'description', 'detail', 'reason'] as const
const envelopes = ['error', 'errors', 'data', 'status'] as const
const deepest = 5

function wordsIn(json: unknown, depth = 0): readonly string[] {
  if (depth > deepest) return []
  if (Array.isArray(json)) return json.flatMap((inner) => wordsIn(inner, depth + 1))
  if (typeof json !== 'object' || json === null) {
    return typeof json === 'string' && json !== '' ? [json] : []
  }
  const members = new Map<string, unknown>(Object.entries(json))
  for (const name of [...places, ...envelopes]) {
    const words = wordsIn(members.get(name), depth + 1)
    if (words.length > 0) return words
  }
  // Errors by the names of what they are about; the names of other members say nothing.
  return depth === 0 ? [] : [...members.values()].flatMap((inner) => wordsIn(inner, depth + 1))
}

type Sent = {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: object | undefined
}

/** Shorter ones are part of words, and masked they would only spoil the message. */
const shortestMasked = 8

/** Some services say back what they were sent; what opens an account is left out of what is quoted. */
export function withoutSecrets(text: string, sent: Sent): string {
  return secretsIn(sent)
    .filter((secret) => secret.length >= shortestMasked)
    .reduce((rest, secret) => rest.replaceAll(secret, '…'), text)
}

function secretsIn({ headers, body }: Sent): readonly string[] {
  const [scheme = '', credentials = ''] = (headers['authorization'] ?? '').split(' ')
  const plain = scheme === 'Basic' ? Buffer.from(credentials, 'base64').toString() : credentials
  const form = body instanceof URLSearchParams ? body : new URLSearchParams()
  const fields = ['password', 'client_secret', 'refresh_token'].map((name) => form.get(name) ?? '')
  return [credentials, plain.replace(/^token=|:$/g, ''), ...fields]
}
