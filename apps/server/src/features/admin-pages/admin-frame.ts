import type { FastifyReply } from 'fastify'
import { plainBrand } from '../../http/brand.js'
import { contentSecurity } from '../../http/content-security.js'
import { type Html, html } from '../../http/html.js'
import { icons } from '../../http/html-icons.js'
import { renderPage } from '../../http/html-page.js'
import { style } from '../../http/html-style.js'
import type { PublicUrls } from '../../http/public-urls.js'
import { adminStyle } from './admin-style.js'

/** Where each page of the administration is, as its links write it. */
export function createAdminPaths(urls: PublicUrls) {
  const root = `${urls.local(urls.start)}admin`
  return {
    start: urls.local(urls.start),
    root,
    signIn: `${root}/sign-in`,
    signOut: `${root}/sign-out`,
    providers: `${root}/providers`,
    provider: (id: string) => `${root}/providers/${id}`,
    issuances: `${root}/issuances`,
    issuance: (id: string) => `${root}/issuances/${id}`,
    badge: (templateId: string) => urls.local(urls.badge(templateId)),
  } as const
}

export type AdminPaths = ReturnType<typeof createAdminPaths>

/** What a page says before anything else: what was done, or why it was not. */
export type Notice = { readonly is: 'good' | 'bad'; readonly text: string }

type Frame = {
  readonly title: string
  readonly main: Html
  readonly paths: AdminPaths
  /** Which of the tabs it belongs to; undefined before anybody has signed in. */
  readonly tab?: 'overview' | 'providers' | 'issuances'
  readonly notice?: Notice | undefined
}

const messages = {
  navigation: 'Administration',
  overview: 'Overview',
  providers: 'Providers',
  issuances: 'Issuances',
  signOut: 'Sign out',
  footer: 'Administration of Rosette. Everything here can be done through the API, too:',
  api: 'API documentation',
  done: 'Done',
  failed: 'That did not work',
}

/** The common frame of the administration. */
export function adminPage({ title, main, paths, tab, notice }: Frame): Html {
  return renderPage(
    {
      title: `${title}, Rosette`,
      main: html`${notice !== undefined && noticeLine(notice)}${main}`,
      home: tab === undefined ? paths.start : paths.root,
      moreStyle: adminStyle,
      footer: html`${messages.footer} <a href="${paths.start}api/docs">${messages.api}</a>`,
      ...(tab === undefined ? {} : { nav: tabs(tab, paths) }),
    },
    plainBrand,
  )
}

function tabs(current: NonNullable<Frame['tab']>, paths: AdminPaths): Html {
  const all = [
    ['overview', paths.root],
    ['providers', paths.providers],
    ['issuances', paths.issuances],
  ] as const
  return html`<nav class="tabs" aria-label="${messages.navigation}">${all.map(
    ([tab, path]) =>
      html`<a href="${path}"${tab === current && html` aria-current="page"`}>${messages[tab]}</a>`,
  )}</nav><form method="post" action="${paths.signOut}"><button class="link">${messages.signOut}</button></form>`
}

export function noticeLine({ is, text }: Notice): Html {
  const title = is === 'good' ? messages.done : messages.failed
  const role = is === 'good' ? 'status' : 'alert'
  return html`<p class="status ${is}" role="${role}">${icons[is]}<span><strong>${title}</strong>${text}</span></p>`
}

const security = contentSecurity([style, adminStyle])

/** Sends a page that nobody keeps: it is for one person, and true for this moment. */
export function sendAdminPage(reply: FastifyReply, content: Html) {
  return reply
    .headers({
      'cache-control': 'no-store',
      'content-security-policy': security,
      // Our own forms must say where they stood; other sites learn nothing.
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .type('text/html; charset=utf-8')
    .send(content.text)
}
