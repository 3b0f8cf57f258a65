// Answers are looked into as the clients do it, which believe what they are told.
// biome-ignore lint/suspicious/noExplicitAny: JSON of a server under test
export type Json = any

export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly json: Json
  readonly bytes: Buffer
}

/** One request over HTTP, without following where it leads. */
export async function ask(method: string, url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init, method })
  const bytes = Buffer.from(await response.arrayBuffer())
  const isJson = /json/.test(response.headers.get('content-type') ?? '')
  const json: Json = isJson && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : undefined
  return { status: response.status, headers: response.headers, json, bytes }
}

/** A form as `requests.post(url, data=…)` sends one. */
export function form(fields: Readonly<Record<string, string>>): RequestInit {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return { headers, body: new URLSearchParams(fields).toString() }
}

/** A form with a file, as `requests.post(url, data=…, files=…)` sends one: the fields first. */
export function multipart(
  fields: Readonly<Record<string, string>>,
  image: Buffer,
  headers: Readonly<Record<string, string>>,
): RequestInit {
  const boundary = 'b6f0c2d17e5a4b0f9b1f2f0e7f6d4c3a'
  const parts = Object.entries(fields).map(([name, value]) =>
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
  )
  const file = 'Content-Disposition: form-data; name="image"; filename="badge.png"'
  const body = Buffer.concat([
    ...parts,
    Buffer.from(`--${boundary}\r\n${file}\r\nContent-Type: image/png\r\n\r\n`),
    image,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ])
  const type = `multipart/form-data; boundary=${boundary}`
  return { headers: { ...headers, 'content-type': type }, body }
}

export function asJson(body: object, headers: Readonly<Record<string, string>>): RequestInit {
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** As `response.raise_for_status()` does it. */
export function assertGood(answer: Answer, what: string): Answer {
  if (answer.status < 400) return answer
  throw new Refused(answer.status, `${what}: ${answer.status} ${answer.bytes.toString('utf8')}`)
}

export class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export function expect(isTrue: boolean, what: string): void {
  if (!isTrue) throw new Error(`Not so: ${what}`)
}
