import { UsageError } from './usage-error.ts';

const MAGIC = '\u0093NUMPY';
const TYPES = { '<f4': 4, '<f8': 8 } as const;
/** Rows of an array without columns take memory without being in the file. */
const MOST_EMPTY_ROWS = 2 ** 20;

interface Header {
  readonly type: keyof typeof TYPES;
  readonly order: 'C' | 'Fortran';
  readonly rows: number;
  readonly columns: number;
  /** Where the numbers begin. */
  readonly offset: number;
}

function refuse(required: string, found: string): never {
  throw new UsageError(`required ${required}, got ${found.length <= 80 ? found : `${found.slice(0, 76)}…`}`);
}

/** The value of one field of the Python dictionary that the header is. */
function field(header: string, name: string, form: string): string {
  const value = new RegExp(`['"]${name}['"]\\s*:\\s*(${form})\\s*[,}]`).exec(header)?.[1];
  return value ?? refuse(`an .npy header with the field ${name} in NumPy's form`, JSON.stringify(header.trim()));
}

/** Versions 1 and 2 of the format: magic, version, length of the header, the header. */
function parseHeader(bytes: Uint8Array): Header {
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  if (magic !== MAGIC) refuse('an .npy file (it begins with \\x93NUMPY)', JSON.stringify(magic));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6] ?? 0;
  if (version !== 1 && version !== 2) refuse('an .npy file of version 1 or 2', `version ${version}`);
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) refuse('an .npy header', `a file of ${bytes.length} bytes`);
  const offset = start + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (offset > bytes.length) refuse(`an .npy header of ${offset - start} bytes`, `${bytes.length - start}`);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, offset));
  const name = field(header, 'descr', `'[^']*'|"[^"]*"|\\[.*?\\]`).slice(1, -1);
  const type = Object.hasOwn(TYPES, name) ? (name as keyof typeof TYPES) : undefined;
  if (type === undefined) return refuse("numbers of type '<f4' or '<f8' (little-endian floats)", `'${name}'`);
  const order = field(header, 'fortran_order', 'True|False') === 'True' ? 'Fortran' : 'C';
  const shape = field(header, 'shape', '\\([\\d\\s,]*\\)');
  const lengths = (shape.match(/\d+/g) ?? []).map(Number);
  const [rows, columns, ...more] = lengths;
  if (rows === undefined || columns === undefined || more.length > 0) {
    return refuse('an array of two dimensions', `the shape ${shape}`);
  }
  if (rows === 0 && columns > 0) refuse('at least one row where there are columns', `the shape ${shape}`);
  if (columns === 0 && rows > MOST_EMPTY_ROWS) refuse(`at most ${MOST_EMPTY_ROWS} empty rows`, `the shape ${shape}`);
  return { type, order, rows, columns, offset };
}

/**
 * The matrix in an `.npy` file, as rows: float32 or float64, little endian, C or Fortran order, version 1 or 2 of the format.
 * @throws UsageError where the file is anything else, is too short or too long, or holds a number that is not finite.
 */
export function parseNpy(bytes: Uint8Array): readonly (readonly number[])[] {
  const { type, order, rows, columns, offset } = parseHeader(bytes);
  const size = TYPES[type];
  const expected = rows * columns * size;
  if (bytes.length - offset !== expected) {
    refuse(`${expected} bytes for ${rows}x${columns} of '${type}'`, `${bytes.length - offset}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, expected);
  const read = type === '<f4' ? (at: number) => view.getFloat32(at, true) : (at: number) => view.getFloat64(at, true);
  const [down, across] = order === 'C' ? [columns, 1] : [1, rows];
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (_, column) => {
      const value = read(size * (row * down + column * across));
      return Number.isFinite(value) ? value : refuse(`finite entries`, `${value} at row ${row}, column ${column}`);
    }),
  );
}
