/** A table as text, which every format draws in its own way. The first column is a name, the others are figures. */
export interface Table {
  caption: string;
  head: string[];
  rows: string[][];
  /** The other columns are text too. */
  words?: true;
}
