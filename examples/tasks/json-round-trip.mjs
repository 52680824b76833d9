// Parses a text of JSON and writes it again. The text is copied to each thread or process, as a request body would be.

/** One text with as many records as each number says; made once, in the process that measures. */
export function inputs() {
  return [4_000, 5_000, 6_000].map((count) =>
    JSON.stringify(Array.from({ length: count }, (_, id) => record(id))),
  );
}

export default function roundTrip(text) {
  const records = JSON.parse(text);
  const total = records.reduce((sum, { price }) => sum + price, 0);
  return { total, bytes: JSON.stringify(records).length };
}

const record = (id) => ({
  id,
  name: `item ${id}`,
  price: (id * 7919) % 1000,
  tags: ['one', 'two', `tag-${id % 17}`],
  size: { width: id % 100, height: (id * 3) % 100 },
});
