/** Reads numbers and names anywhere in a file. Reading past its end throws a RangeError. */
export class ByteReader {
  readonly length: number;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly littleEndian = false,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.length = bytes.byteLength;
  }

  u8(at: number): number {
    return this.view.getUint8(at);
  }

  u16(at: number): number {
    return this.view.getUint16(at, this.littleEndian);
  }

  u32(at: number): number {
    return this.view.getUint32(at, this.littleEndian);
  }

  i32(at: number): number {
    return this.view.getInt32(at, this.littleEndian);
  }

  f32(at: number): number {
    return this.view.getFloat32(at, this.littleEndian);
  }

  f64(at: number): number {
    return this.view.getFloat64(at, this.littleEndian);
  }

  /** Latin-1: one character per byte. */
  ascii(at: number, length: number): string {
    return String.fromCharCode(...this.slice(at, length));
  }

  /** A view, not a copy. */
  slice(at: number, length: number): Uint8Array {
    if (at < 0 || length < 0 || at + length > this.length) throw new RangeError('Past the end of the file');
    return this.bytes.subarray(at, at + length);
  }
}
