import type { Sign } from '../charts/signs.js';
import { html, Markup } from './markup.js';

export function legend(signs: readonly Sign[]): Markup {
  return html`<ul class="legend">${signs.map(
    ({ name, colour, path }) =>
      html`<li>${new Markup(`<svg aria-hidden="true" width="12" height="12" viewBox="0 0 12 12"><path d="${path}" fill="${colour}"/></svg>`)}${name}</li>`,
  )}</ul>`;
}
