/** Columns of sRGB's primaries under D50. */
const SRGB_PRIMARIES = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
};
const D50 = [0.9642, 1, 0.8249];
const HEADER_BYTES = 128;

/** An ICC profile of version 2 whose curves are one gamma: of gray, or of RGB with the primaries of sRGB. */
export function iccProfile(space: 'GRAY' | 'RGB ', gamma: number): Buffer {
  const curve = Buffer.alloc(16);
  curve.write('curv', 'latin1');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(Math.round(gamma * 256), 12);
  const description = Buffer.alloc(96);
  description.write('desc', 'latin1');
  description.writeUInt32BE(5, 8);
  description.write('test\0', 12, 'latin1');
  const tags: [name: string, body: Buffer][] = [
    ['desc', description],
    ['cprt', Buffer.from('text\0\0\0\0none\0\0\0\0', 'latin1')],
    ['wtpt', xyz(D50)],
    ...(space === 'GRAY'
      ? [['kTRC', curve] as [string, Buffer]]
      : [
          ...Object.entries(SRGB_PRIMARIES).map(([name, values]): [string, Buffer] => [name, xyz(values)]),
          ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, Buffer] => [name, curve]),
        ]),
  ];
  return profileOf(space, tags);
}

function profileOf(space: string, tags: readonly [name: string, body: Buffer][]): Buffer {
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = HEADER_BYTES + table.length;
  for (const [i, [name, body]] of tags.entries()) {
    table.write(name, 4 + i * 12, 'latin1');
    table.writeUInt32BE(at, 8 + i * 12);
    table.writeUInt32BE(body.length, 12 + i * 12);
    at += body.length;
  }
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02400000, 8);
  header.write(`mntr${space}XYZ `, 12, 'latin1');
  for (const [i, value] of [2026, 1, 1].entries()) header.writeUInt16BE(value, 24 + i * 2);
  header.write('acsp', 36, 'latin1');
  xyz(D50).copy(header, 68, 8);
  return Buffer.concat([header, table, ...tags.map(([, body]) => body)]);
}

function xyz(values: readonly number[]): Buffer {
  const body = Buffer.alloc(20);
  body.write('XYZ ', 'latin1');
  for (const [i, value] of values.entries()) body.writeInt32BE(Math.round(value * 65_536), 8 + i * 4);
  return body;
}
