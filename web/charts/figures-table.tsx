import { useMemo } from 'preact/hooks';
import type { Table } from '../../src/benchmark/export/tables/table.js';
import styles from './figures-table.module.css';

/** A table of figures. It scrolls within itself where it is wider than the page. */
export function FiguresTable({ table: { caption, head, rows, words } }: { table: Table }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section class={styles.scroll} tabIndex={0} aria-label={caption}>
      <table class={words ? styles.words : styles.numbers}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((title, column) => (
              <th key={column} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <Row key={index} head={head} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A row. One whose texts have not changed is not compared cell by cell: a table of a live run is large. */
function Row({ head, row }: { head: Table['head']; row: Table['rows'][number] }) {
  const [name, ...values] = row;
  return useMemo(
    () => (
      <tr>
        <th scope="row">{name}</th>
        {values.map((value, column) => (
          <td key={column} data-head={head[column + 1]}>
            {value}
          </td>
        ))}
      </tr>
    ),
    [[...head, ...row].join('\n')],
  );
}
