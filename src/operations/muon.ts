import { z } from 'zod';
import { muonTwin } from '../kernels/gpu/muon.ts';
import { arrayBackend } from '../kernels/gpu/select-backend.ts';
import { type MuonHyperparameters, muon } from '../methods/muon.ts';
import { MUON } from './muon-hyperparameters.ts';
import { Declined } from './operation.ts';
import { type OptimiserOperation, optimiserOperation } from './optimiser.ts';

const muonInNumbers = optimiserOperation({
  id: 'muon',
  summary: 'B = mu B + G from B = 0; W *= 1 - eta lambda, then W -= eta s O, O the orthogonalised B (or G + mu B)',
  method: muon,
  hyperparameters: z.strictObject(MUON),
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
