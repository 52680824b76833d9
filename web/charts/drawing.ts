import { changeset, type Item, parse, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { datumText } from './datum-text.model.js';
import { type NamedData, withNamedData, withValues } from './named-data.model.js';
import { Tooltip } from './tooltip.js';

/** Least time between two drawings of one chart, in ms. */
const PAUSE_MS = 1_000;

/** Charts are drawn one after another, each in a task of its own, so that a page with many still answers. */
let queue: Promise<void> = Promise.resolve();

/**
 * A chart on the page, drawn by Vega without `eval`: its expressions are interpreted, as the Content-Security-Policy
 * demands. A specification that differs from the one before in data alone changes the drawing in place.
 */
export class Drawing {
  readonly #tooltip = new Tooltip();
  #view: View | undefined;
  #frame = '';
  #values = '';
  #wanted: TopLevelSpec | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(private readonly container: HTMLElement) {}

  /** Draws a specification, at most once a second; of several in between, the last one. */
  show(spec: TopLevelSpec): void {
    this.#wanted = spec;
    if (this.#closed || this.#timer !== undefined) return;
    const wait = Math.max(0, this.#drawnAt + PAUSE_MS - performance.now());
    this.#timer = setTimeout(() => {
      queue = queue.then(() => this.#draw());
    }, wait);
  }

  /** Frees everything; the chart is not drawn again. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#view?.finalize();
    this.#tooltip.close();
  }

  async #draw(): Promise<void> {
    const spec = this.#wanted;
    if (this.#closed || !spec) return;
    this.#wanted = undefined;
    try {
      await this.#apply(withNamedData(spec));
    } catch (error) {
      this.#frame = '';
      this.container.textContent = 'This chart could not be drawn. Its figures are in the table.';
      console.error(error);
    }
    this.#drawnAt = performance.now();
    this.#timer = undefined;
    if (this.#wanted) this.show(this.#wanted);
    await nextTask();
  }

  async #apply(named: NamedData): Promise<void> {
    const [frame, values] = [JSON.stringify(named.frame), JSON.stringify([...named.data])];
    if (frame === this.#frame && values === this.#values) return;
    if (this.#view && frame === this.#frame) await replaceData(this.#view, named.data);
    else await this.#create(named);
    this.#frame = frame;
    this.#values = values;
  }

  /** Each step is a task of its own, so that the page answers between them. */
  async #create(named: NamedData): Promise<void> {
    const { spec } = compile(this.#inFontOfPage(withValues(named) as TopLevelSpec));
    await nextTask();
    const runtime = parse(spec, undefined, { ast: true });
    await nextTask();
    if (this.#closed) return;
    this.#view?.finalize();
    this.container.replaceChildren();
    const view = new View(runtime, {
      expr: expressionInterpreter,
      renderer: 'svg',
      container: this.container,
    });
    view.addEventListener('pointermove', (event, item) => this.#showTooltip(event, item));
    view.addEventListener('pointerout', () => this.#tooltip.hide());
    this.#view = view;
    await view.runAsync();
  }

  /** Vega measures texts on a canvas, which does not know the font `inherit` of a specification. */
  #inFontOfPage(spec: TopLevelSpec): TopLevelSpec {
    return { ...spec, config: { ...spec.config, font: getComputedStyle(this.container).fontFamily } };
  }

  #showTooltip(event: unknown, item: Item | null | undefined): void {
    const text = datumText(item?.datum);
    if (text === undefined) this.#tooltip.hide();
    else this.#tooltip.show(text, event as PointerEvent);
  }
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve));

/** Replaces every list of values in one run. */
async function replaceData(view: View, data: NamedData['data']): Promise<void> {
  for (const [name, values] of data) {
    view.change(
      name,
      changeset()
        .remove(() => true)
        .insert([...values]),
    );
  }
  await view.runAsync();
}
