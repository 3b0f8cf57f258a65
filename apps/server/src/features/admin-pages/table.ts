import { type Html, html } from '../../http/html.js'

export type Column = {
  readonly label: string
  /** Numbers stand at the right; what explains itself needs no label on a phone. */
  readonly is?: 'number' | 'bare'
}

type Table = {
  readonly caption: string
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly (Html | string)[])[]
}

const classes = { number: html` class="num"`, bare: html` class="bare"` }

/**
 * A table that becomes a list of cards where it is narrow. That takes the meaning of its elements away
 * from some readers of screens, so each says by its role what it is.
 */
export function table({ caption, columns, rows }: Table): Html {
  const head = columns.map(
    ({ label, is }) =>
      html`<th role="columnheader" scope="col"${is === 'number' && classes.number}>${label === '' ? html`<span class="unseen">Actions</span>` : label}</th>`,
  )
  const cell = (value: Html | string, n: number) => {
    const { label = '', is } = columns[n] ?? {}
    return html`<td role="cell"${is !== undefined && classes[is]} data-label="${label}">${typeof value === 'string' ? html`<span>${value}</span>` : value}</td>`
  }
  return html`<table class="list" role="table"><caption class="unseen">${caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${rows.map((row) => html`<tr role="row">${row.map(cell)}</tr>`)}</tbody></table>`
}
