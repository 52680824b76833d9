/** Keys that move the focus in the grid, and by how many tiles; `columns`: tiles of a row. */
const STEPS: Record<string, (columns: number) => number> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
};

/** Moves the focus from tile to tile by the arrow keys; returns whether the key was one of them. */
export function moveGridFocus(grid: HTMLElement, key: string): boolean {
  const step = STEPS[key];
  const links = [...grid.querySelectorAll<HTMLAnchorElement>('li > a')];
  const from = links.indexOf(document.activeElement as HTMLAnchorElement);
  if (!step || from < 0) return false;
  const top = links[0]?.offsetParent?.getBoundingClientRect().top;
  const columns = links.filter((link) => link.getBoundingClientRect().top === top).length || 1;
  links[from + step(columns)]?.focus();
  return true;
}
