import { z } from 'zod';
import { adam } from '../methods/adam.ts';
import { optimiserOperation } from './optimiser.ts';
import { ADAM } from './optimiser-domains.ts';

export const adamOperation = optimiserOperation({
  id: 'adam',
  summary: 'W -= eta m^ / (sqrt(v^) + epsilon), bias-corrected averages of the gradient and of its square',
  method: adam,
  hyperparameters: z.strictObject(ADAM),
});
