import type { Fault } from '../../http/app-error.js'
import { type Html, html } from '../../http/html.js'

type Field = {
  readonly name: string
  readonly label: string
  readonly value?: string | undefined
  readonly hint?: string
  readonly type?: 'text' | 'password' | 'url'
  readonly isRequired?: boolean
  /** By which paths a refusal names this field. */
  readonly paths?: readonly string[]
}

/** A labelled input with its hint, and what was wrong with it. */
export function field(
  { name, label, value, hint, type = 'text', isRequired = false, paths = [name] }: Field,
  faults: readonly Fault[] = [],
): Html {
  const wrong = faults.filter(({ path }) => paths.includes(path)).map(({ reason }) => reason)
  const described = [hint && `${name}-hint`, wrong.length > 0 && `${name}-fault`].filter(Boolean)
  return html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" value="${value}" autocomplete="${type === 'password' ? 'new-password' : 'off'}" spellcheck="false"${isRequired && html` required`}${wrong.length > 0 && html` aria-invalid="true"`}${described.length > 0 && html` aria-describedby="${described.join(' ')}"`}>${
    hint && html`<p class="hint" id="${name}-hint">${hint}</p>`
  }${wrong.length > 0 && html`<p class="bad" id="${name}-fault">${wrong.join(' ')}</p>`}</div>`
}

type Choice = {
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [value: string, label: string])[]
  readonly value?: string | undefined
  readonly hint?: string
}

export function choice({ name, label, options, value, hint }: Choice): Html {
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"${hint !== undefined && html` aria-describedby="${name}-hint"`}>${options.map(
    ([key, text]) =>
      html`<option value="${key}"${key === value && html` selected`}>${text}</option>`,
  )}</select>${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`
}
