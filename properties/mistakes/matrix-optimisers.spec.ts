import { describeMistakes } from './check-mistakes.ts';

await describeMistakes('sgd-momentum', 'muon', 'orthogonal-sgdm', 'shampoo', 'asgo');
