import { expect, it } from 'vitest';
import { parseNpy } from '../../src/runners/npy.ts';
import { dictionary, npyFile } from './npy-file.ts';

const rows = [
  [1.5, -2, 3],
  [0, 5e-324, 2 ** 100],
];
const flat = rows.flat();
const columnByColumn = [1.5, 0, -2, 5e-324, 3, 2 ** 100];

it.each([1, 2])('reads float64 in both orders, version %i', (version) => {
  expect(parseNpy(npyFile(dictionary('<f8', 'False', '(2, 3)'), flat, { version }))).toEqual(rows);
  expect(parseNpy(npyFile(dictionary('<f8', 'True', '(2, 3)'), columnByColumn, { version }))).toEqual(rows);
});

it('reads float32', () => {
  const file = npyFile(dictionary('<f4', 'False', '(2, 2)'), [0.1, 2, 3, 4], { bytes: 4 });
  expect(parseNpy(file)).toEqual([
    [Math.fround(0.1), 2],
    [3, 4],
  ]);
});

it('reads an array at an odd place of its buffer', () => {
  const file = npyFile(dictionary('<f8', 'False', '(1, 1)'), [7]);
  const shifted = new Uint8Array(file.length + 1);
  shifted.set(file, 1);
  expect(parseNpy(shifted.subarray(1))).toEqual([[7]]);
});

it('reads empty arrays that a JSON matrix can express', () => {
  expect(parseNpy(npyFile(dictionary('<f8', 'False', '(0, 0)'), []))).toEqual([]);
  expect(parseNpy(npyFile(dictionary('<f8', 'False', '(2, 0)'), []))).toEqual([[], []]);
});

const good = npyFile(dictionary('<f8', 'False', '(2, 3)'), flat);

it.each([
  ['another file', Buffer.from('PK\u0003\u0004 a zip archive'), 'an .npy file'],
  ['an empty file', new Uint8Array(), 'an .npy file'],
  ['a file that ends in its header', good.subarray(0, 40), 'header of 118 bytes, got 30'],
  ['a file that ends before its header', good.subarray(0, 8), 'an .npy header'],
  ['version 3', npyFile(dictionary('<f8', 'False', '(2, 3)'), flat, { version: 3 }), 'version 1 or 2'],
  ['a header without a shape', npyFile("{'descr': '<f8', 'fortran_order': False}", flat), 'the field shape'],
  ['a header that is none', npyFile('nonsense', flat), 'the field descr'],
  ['big-endian numbers', npyFile(dictionary('>f8', 'False', '(2, 3)'), flat), "got '>f8'"],
  ['integers', npyFile(dictionary('<i8', 'False', '(2, 3)'), flat), "got '<i8'"],
  ['pickled objects', npyFile(dictionary('|O', 'False', '(2, 3)'), flat), "got '|O'"],
  ['one dimension', npyFile(dictionary('<f8', 'False', '(6,)'), flat), 'the shape (6,)'],
  ['no dimension', npyFile(dictionary('<f8', 'False', '()'), [1]), 'the shape ()'],
  ['three dimensions', npyFile(dictionary('<f8', 'False', '(1, 2, 3)'), flat), 'the shape (1, 2, 3)'],
  ['columns without rows', npyFile(dictionary('<f8', 'False', '(0, 3)'), []), 'the shape (0, 3)'],
  ['a billion empty rows', npyFile(dictionary('<f8', 'False', '(1000000000, 0)'), []), 'empty rows'],
  ['too few numbers', good.subarray(0, good.length - 1), "48 bytes for 2x3 of '<f8', got 47"],
  ['too many numbers', npyFile(dictionary('<f8', 'False', '(1, 3)'), flat), "24 bytes for 1x3 of '<f8', got 48"],
  ['a shape beyond all files', npyFile(dictionary('<f8', 'False', '(99999999999, 99999999999)'), flat), 'bytes for'],
  ['NaN', npyFile(dictionary('<f8', 'False', '(1, 2)'), [1, Number.NaN]), 'NaN at row 0, column 1'],
  ['infinity', npyFile(dictionary('<f8', 'True', '(2, 1)'), [1, -1 / 0]), '-Infinity at row 1, column 0'],
])('refuses %s in one line', (_, file, message) => {
  expect(() => parseNpy(file)).toThrow(message);
  expect(() => parseNpy(file)).toThrow(/^required [^\n]*, got [^\n]*$/);
});
