/** An `.npy` file as NumPy writes it: magic, version, header padded to a multiple of 64 bytes, then the data. */
export function npyFile(
  dictionary: string,
  data: ArrayLike<number>,
  { bytes = 8, version = 1 }: { readonly bytes?: 4 | 8; readonly version?: number } = {},
): Uint8Array {
  const prefix = version === 1 ? 10 : 12;
  const header = `${dictionary}${' '.repeat(63 - ((prefix + dictionary.length) % 64))}\n`;
  const file = Buffer.alloc(prefix + header.length + bytes * data.length);
  file.write('\u0093NUMPY', 'latin1');
  file[6] = version;
  if (version === 1) file.writeUInt16LE(header.length, 8);
  else file.writeUInt32LE(header.length, 8);
  file.write(header, prefix, 'latin1');
  const start = prefix + header.length;
  for (let at = 0; at < data.length; at += 1) {
    if (bytes === 4) file.writeFloatLE(data[at] ?? 0, start + 4 * at);
    else file.writeDoubleLE(data[at] ?? 0, start + 8 * at);
  }
  return file;
}

export const dictionary = (type: string, order: 'True' | 'False', shape: string): string =>
  `{'descr': '${type}', 'fortran_order': ${order}, 'shape': ${shape}, }`;
