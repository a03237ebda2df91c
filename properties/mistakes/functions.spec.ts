import { describeMistakes } from './check-mistakes.ts';

await describeMistakes(
  'norm',
  'dual-norm',
  'lmo',
  'singular-values',
  'polar',
  'newton-schulz',
  'inverse-root',
  'gluon-step-size',
);
