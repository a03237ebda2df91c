import { describePaper } from './describe-paper.ts';

await describePaper('shampoo');
