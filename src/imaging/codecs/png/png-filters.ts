/**
 * Undoes the filters of rows, in place (PNG, section 9).
 *
 * @param rows each with the number of its filter before it
 * @param step bytes from a sample to that of the pixel before
 * @throws RangeError for an unknown filter
 */
export function unfilter(rows: Uint8Array, rowBytes: number, step: number): void {
  const stride = rowBytes + 1;
  for (let at = 0; at < rows.length; at += stride) {
    const filter = rows[at] as number;
    const row = rows.subarray(at + 1, at + stride);
    // Above the first row there are zeros.
    const above = at === 0 ? new Uint8Array(rowBytes) : rows.subarray(at + 1 - stride, at);
    unfilterRow(filter, row, above, step);
  }
}

function unfilterRow(filter: number, row: Uint8Array, above: Uint8Array, step: number): void {
  const { length } = row;
  switch (filter) {
    case 0:
      return;
    case 1:
      for (let i = step; i < length; i++) row[i] = (row[i] as number) + (row[i - step] as number);
      return;
    case 2:
      for (let i = 0; i < length; i++) row[i] = (row[i] as number) + (above[i] as number);
      return;
    case 3:
      for (let i = 0; i < length; i++) {
        const left = i < step ? 0 : (row[i - step] as number);
        row[i] = (row[i] as number) + ((left + (above[i] as number)) >> 1);
      }
      return;
    case 4:
      for (let i = 0; i < length; i++) {
        const left = i < step ? 0 : (row[i - step] as number);
        const corner = i < step ? 0 : (above[i - step] as number);
        row[i] = (row[i] as number) + paeth(left, above[i] as number, corner);
      }
      return;
    default:
      throw new RangeError('An unknown filter');
  }
}

function paeth(left: number, up: number, corner: number): number {
  const byLeft = Math.abs(up - corner);
  const byUp = Math.abs(left - corner);
  const byCorner = Math.abs(left + up - 2 * corner);
  if (byLeft <= byUp && byLeft <= byCorner) return left;
  return byUp <= byCorner ? up : corner;
}
