import { describeMistakes } from './check-mistakes.ts';

await describeMistakes('normalized-sgd', 'signum', 'lion', 'cautious-lion', 'mgup-lion', 'mgup-muon');
