import { describePaper } from './describe-paper.ts';

await describePaper('broximal-point');
