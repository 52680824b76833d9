/** Path below which the app is served, such as `/nogil`; empty at the root. The server writes it into the page. */
export const BASE_PATH = document.querySelector<HTMLMetaElement>('meta[name="base-path"]')?.content ?? '';
