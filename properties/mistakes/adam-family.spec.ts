import { describeMistakes } from './check-mistakes.ts';

await describeMistakes('adam', 'adamw', 'cautious-adamw', 'mgup-adamw', 'mgup-sign-adamw');
