import type { TestApp } from './test-app.js'

type Fields = Readonly<Record<string, string>>

/** Uses the administration as a signed-in browser does, without a network. */
export async function signInToAdmin(app: TestApp, server: ReturnType<TestApp['createServer']>) {
  const own = { accept: 'text/html', 'sec-fetch-site': 'same-origin' }

  const send = (url: string, form: Fields, cookie: string) =>
    server.inject({
      method: 'POST',
      url,
      payload: new URLSearchParams(form).toString(),
      headers: { ...own, 'content-type': 'application/x-www-form-urlencoded', cookie },
    })

  const entered = await send('/admin/sign-in', { token: app.adminToken }, '')
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? ''
  return {
    get: (url: string) => server.inject({ url, headers: { ...own, cookie } }),
    post: (url: string, form: Fields = {}) => send(url, form, cookie),
  }
}
