import { describe, expect, it } from 'vitest';
import { completedFactor, completionAgreement } from '../../src/mistakes/parts/completed-factor.ts';

type Rows = readonly (readonly number[])[];

/** Rank 1: 5 times (0.6, 0.8) by (1, 0). */
const DEFICIENT: Rows = [
  [3, 0],
  [4, 0],
];
/** Rank 1 of 2, tall: 7 times (2, 3, 6)/7 by (0, 1). */
const TALL: Rows = [
  [0, 2],
  [0, 3],
  [0, 6],
];

const said = (matrix: Rows, output: Rows, format: 'float64' | 'float32' = 'float64') =>
  completionAgreement({ matrix }, { matrix: output }, format);

describe('a completed polar factor', () => {
  it.each<[string, Rows, Rows, string]>([
    [
      'the rotation',
      DEFICIENT,
      [
        [0.6, -0.8],
        [0.8, 0.6],
      ],
      'agrees',
    ],
    [
      'the reflection',
      DEFICIENT,
      [
        [0.6, 0.8],
        [0.8, -0.6],
      ],
      'agrees',
    ],
    [
      'the partial isometry itself',
      DEFICIENT,
      [
        [0.6, 0],
        [0.8, 0],
      ],
      'disagrees',
    ],
    [
      'another orthogonal matrix',
      DEFICIENT,
      [
        [1, 0],
        [0, 1],
      ],
      'disagrees',
    ],
    [
      'the right range, not orthogonal',
      DEFICIENT,
      [
        [0.6, 0.8],
        [0.8, 0.6],
      ],
      'disagrees',
    ],
    [
      'the negative',
      DEFICIENT,
      [
        [-0.6, 0.8],
        [-0.8, -0.6],
      ],
      'disagrees',
    ],
    [
      'no number',
      DEFICIENT,
      [
        [Number.NaN, 0],
        [0, 1],
      ],
      'disagrees',
    ],
    [
      'a column of the continuum',
      TALL,
      [
        [3 / 7, 2 / 7],
        [-6 / 7, 3 / 7],
        [2 / 7, 6 / 7],
      ],
      'agrees',
    ],
    [
      'another one',
      TALL,
      [
        [6 / 7, 2 / 7],
        [2 / 7, 3 / 7],
        [-3 / 7, 6 / 7],
      ],
      'agrees',
    ],
    [
      'one that is not orthogonal to the range',
      TALL,
      [
        [1, 2 / 7],
        [0, 3 / 7],
        [0, 6 / 7],
      ],
      'disagrees',
    ],
    [
      'ones on the diagonal for zero',
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
      'agrees',
    ],
    [
      'other unit rows for zero',
      [
        [0, 0, 0],
        [0, 0, 0],
      ],
      [
        [0, 0, -1],
        [0.6, 0.8, 0],
      ],
      'agrees',
    ],
    ['zero for zero', [[0, 0]], [[0, 0]], 'disagrees'],
    ['the factor itself at full rank', [[3, 4]], [[0.6, 0.8]], 'agrees'],
    ['another row at full rank', [[3, 4]], [[0.8, 0.6]], 'disagrees'],
  ])('%s', (_, matrix, output, agreement) => expect(said(matrix, output)).toBe(agreement));

  it('our own completion agrees, in single precision rounded too', () => {
    for (const matrix of [DEFICIENT, TALL, [[0, 0]], [[3, 4]]]) {
      const { matrix: own } = completedFactor({ matrix });
      expect(said(matrix, own)).toBe('agrees');
      const rounded = own.map((row) => row.map(Math.fround));
      expect(said(matrix, rounded, 'float32')).toBe('agrees');
    }
    const off = completedFactor({ matrix: TALL }).matrix.map((row) => row.map((x) => x * (1 + 2 ** -20)));
    expect(said(TALL, off)).toBe('disagrees');
  });

  it('says nothing where the rank is undecided', () => {
    expect(
      said(
        [
          [1, 0],
          [0, 1e-6],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        'float32',
      ),
    ).toBe('silent');
  });
});
