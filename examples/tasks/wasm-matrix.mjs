// Multiplies two matrices in WebAssembly: machine code without garbage collection. `prepare` compiles it, once for
// each thread or process, so that no task pays for it.

/**
 * A module of 204 bytes: `multiply(n)` reads two n x n matrices of float64 at the start of its memory and writes their
 * product after them.
 */
const MODULE = Buffer.from(
  'AGFzbQEAAAABBQFgAX8AAwIBAAUDAQBABxUCBm1lbW9yeQIACG11bHRpcGx5AAAKmgEBlwECA38BfEEAIQEDQEEAIQIDQEQA' +
    'AAAAAAAAACEEQQAhAwNAIAQgACAAbEEAbCABIABsaiADakEIbCsDACAAIABsQQFsIAMgAGxqIAJqQQhsKwMAoqAhBCADQQFq' +
    'IgMgAEgNAAsgACAAbEECbCABIABsaiACakEIbCAEOQMAIAJBAWoiAiAASA0ACyABQQFqIgEgAEgNAAsL',
  'base64',
);

let wasm;

export async function prepare() {
  const { instance } = await WebAssembly.instantiate(MODULE);
  wasm = instance.exports;
}

/** Rows of the matrices; 4 MiB of memory hold three matrices of up to 400 rows. */
export const inputs = [180, 190, 200, 210];

export default function multiply(rows) {
  const cells = rows * rows;
  const matrices = new Float64Array(wasm.memory.buffer, 0, 3 * cells);
  for (let cell = 0; cell < 2 * cells; cell++) matrices[cell] = (cell * 7919) % 97;
  wasm.multiply(rows);
  return matrices.subarray(2 * cells).reduce((sum, value) => sum + value, 0);
}
