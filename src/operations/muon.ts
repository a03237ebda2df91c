import { z } from 'zod';
import { muonTwin } from '../kernels/gpu/muon.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { QUINTIC_JORDAN } from '../kernels/matrix/coefficient-sets.ts';
import { MUON_SCALES, type MuonHyperparameters, muon } from '../methods/muon.ts';
import { Declined } from './operation.ts';
import { type OptimiserOperation, optimiserOperation } from './optimiser.ts';
import { atLeastZero, averaging, flag, LEARNING_RATE, WEIGHT_DECAY } from './optimiser-domains.ts';
import { integer } from './schema.ts';

const number = z.number({ error: 'a finite number' });

const muonInNumbers = optimiserOperation({
  id: 'muon',
  summary: 'B = mu B + G from B = 0; W *= 1 - eta lambda, then W -= eta s O, O the orthogonalised B (or G + mu B)',
  method: muon,
  hyperparameters: z.strictObject({
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
  }),
});

/** Muon; its twin keeps momentum and parameters in singles on the host and runs the Newton–Schulz iteration on the backend. */
export const muonOperation: OptimiserOperation = {
  ...muonInNumbers,
  gpu: async ({ parameters, gradients, hyperparameters }) => {
    const given = muonInNumbers.complete(hyperparameters) as unknown as MuonHyperparameters;
    if (given.orthogonalisation === 'exact')
      return new Declined('the polar factor needs singular values, which have no twin');
    return muonTwin(await arrayBackend(), given, parameters, gradients);
  },
};
