export type Visited = {
  readonly status: number
  // Documents of many kinds, each as its test knows it.
  // biome-ignore lint/suspicious/noExplicitAny: the parsed answer
  readonly body: any
}

/**
 * A browser at one site, over HTTP, that keeps its cookies. Each has a jar of its own: several sites
 * are on one host in a test, with one name for their cookies.
 */
export function openVisitor(base: string) {
  const jar = new Map<string, string>()

  async function go(url: string, init: RequestInit = {}) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { 'sec-fetch-site': 'same-origin', cookie, ...init.headers }
    const answer = await fetch(url, { redirect: 'manual', ...init, headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return { status: answer.status, to: answer.headers.get('location') ?? '', answer }
  }

  async function send(method: string, path: string, init: RequestInit = {}): Promise<Visited> {
    const { status, answer } = await go(`${base}/api/v1/${path}`, { method, ...init })
    const text = await answer.text()
    return { status, body: text === '' ? null : JSON.parse(text) }
  }

  function api(method: string, path: string, body?: object): Promise<Visited> {
    const headers = { 'content-type': 'application/json' }
    return send(method, path, body && { body: JSON.stringify(body), headers })
  }

  /** Puts a file into a form, as a browser does. */
  function upload(path: string, file: Uint8Array, name: string): Promise<Visited> {
    const form = new FormData()
    form.append('file', new Blob([Buffer.from(file)]), name)
    return send('POST', path, { body: form })
  }

  async function download(path: string): Promise<Buffer> {
    const { status, answer } = await go(`${base}/api/v1/${path}`)
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (status !== 200) throw new Error(`${path}: ${status} ${bytes}`)
    return bytes
  }

  return { base, jar, go, api, upload, download }
}

export type Visitor = ReturnType<typeof openVisitor>
