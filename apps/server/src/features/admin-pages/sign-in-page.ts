import { type Html, html } from '../../http/html.js'
import { type AdminPaths, adminPage, noticeLine } from './admin-frame.js'

const messages = {
  title: 'Sign in',
  heading: 'Administration',
  // For password managers, which store a secret under a name.
  username: 'administrator',
  token: 'Administration token',
  hint: 'It was shown at the first start. `rosette create-token` makes another one.',
  button: 'Sign in',
  problems: {
    wrong: 'This is no administration token, or it was revoked. Copy it whole and try again.',
    'too-often': 'There were too many tries from your address. Wait a minute, then try again.',
    'signed-out': 'You are signed out.',
  },
}

export type SignInProblem = keyof typeof messages.problems

type Shown = {
  readonly paths: AdminPaths
  readonly problem?: SignInProblem | undefined
  /** Where to go afterwards. */
  readonly to: string
}

export function signInPage({ paths, problem, to }: Shown): Html {
  const is = problem === 'signed-out' ? 'good' : 'bad'
  const isWrong = problem === 'wrong'
  const [before = '', command = '', after = ''] = messages.hint.split('`')
  const main = html`<div class="narrow"><section class="card"><h1>${messages.heading}</h1>
${problem !== undefined && noticeLine({ is, text: messages.problems[problem] })}
<form method="post" action="${paths.signIn}">
<input type="hidden" name="to" value="${to}">
<input name="username" autocomplete="username" value="${messages.username}" hidden>
<label for="token">${messages.token}</label>
<input id="token" name="token" type="password" autocomplete="current-password" required autofocus aria-describedby="hint"${isWrong && html` aria-invalid="true"`}>
<p class="hint" id="hint">${before}<code>${command}</code>${after}</p>
<p><button class="button main">${messages.button}</button></p>
</form></section></div>`
  return adminPage({ title: messages.title, main, paths })
}
