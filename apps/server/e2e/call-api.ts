type Server = { url(): string }

/** Calls the API of a running server as an administrator; answers with the status and the JSON. */
export function createApi(server: () => Server, token: string) {
  async function call(method: string, path: string, body?: unknown) {
    const response = await fetch(`${server().url()}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
  }

  /** What was answered; throws when it is a refusal. */
  async function api(method: string, path: string, body?: unknown) {
    const { status, json } = await call(method, path, body)
    if (status >= 400) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(json)}`)
    return json
  }

  return { call, api }
}
