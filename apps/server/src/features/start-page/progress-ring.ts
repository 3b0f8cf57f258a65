import { type Html, html } from '../../http/html.js'

const radius = 15.5
const around = 2 * Math.PI * radius

/** How far somebody is, as a ring; the words beside it say the same. */
export function progressRing(ratio: number, state: 'earned' | 'lost' | 'begun'): Html {
  const shown = (Math.min(1, Math.max(0, ratio)) * around).toFixed(2)
  const sign = {
    earned: html`<path d="m12 18.5 4.5 4.5 8-9.5" stroke-width="3"/>`,
    lost: html`<path d="m13 13 10 10m0-10-10 10" stroke-width="3"/>`,
    begun: html``,
  }[state]
  return html`<svg class="ring ${state}" viewBox="0 0 36 36" width="36" height="36" aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"><circle cx="18" cy="18" r="${radius}" stroke-width="4" opacity=".2"/>${ratio > 0 && html`<circle cx="18" cy="18" r="${radius}" stroke-width="4" stroke-dasharray="${shown} ${around.toFixed(2)}" transform="rotate(-90 18 18)"/>`}${sign}</g></svg>`
}
