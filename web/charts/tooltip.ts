import styles from './chart.module.css';

/** Distance from the pointer, in pixels. */
const OFFSET = 12;

/** A tooltip beside the pointer. Its text is never markup. */
export class Tooltip {
  readonly #element = document.createElement('div');

  constructor() {
    this.#element.popover = 'manual';
    this.#element.className = styles.tooltip ?? '';
  }

  show(text: string, { clientX, clientY }: PointerEvent): void {
    const element = this.#element;
    if (!element.isConnected) document.body.append(element);
    element.textContent = text;
    if (!element.matches(':popover-open')) element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    element.style.left = `${Math.max(0, Math.min(clientX + OFFSET, innerWidth - width))}px`;
    element.style.top = `${Math.max(0, Math.min(clientY + OFFSET, innerHeight - height))}px`;
  }

  hide(): void {
    if (this.#element.isConnected) this.#element.hidePopover();
  }

  close(): void {
    this.#element.remove();
  }
}
