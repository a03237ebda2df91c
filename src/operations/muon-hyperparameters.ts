import { z } from 'zod';
import { QUINTIC_JORDAN } from '../kernels/matrix/coefficient-sets.ts';
import { MUON_SCALES } from '../methods/muon-scale.ts';
import { atLeastZero, averaging, flag, LEARNING_RATE, WEIGHT_DECAY } from './optimiser-domains.ts';
import { integer } from './schema.ts';

const number = z.number({ error: 'a finite number' });

/** What Muon takes, and every method built on it. */
export const MUON = {
  ...LEARNING_RATE,
  ...WEIGHT_DECAY,
  momentum: averaging.default(0.95),
  nesterov: flag.default(true),
  orthogonalisation: z
    .enum(['newton-schulz', 'exact'], { error: '"newton-schulz" or "exact"' })
    .default('newton-schulz'),
  coefficients: z
    .array(z.tuple([number, number, number], { error: 'a triple [a, b, c]' }), {
      error: 'an array of triples [a, b, c]',
    })
    .min(1, { error: 'at least one triple [a, b, c]' })
    .default(QUINTIC_JORDAN.map(([a, b, c]): [number, number, number] => [a, b, c])),
  steps: integer(0).default(5),
  epsilon: atLeastZero.default(1e-7),
  scale: z
    .enum(MUON_SCALES, { error: `one of ${MUON_SCALES.map((s) => `"${s}"`).join(', ')}` })
    .default('max(1,rows/columns)^1/2'),
};
