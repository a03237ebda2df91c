import { describePaper } from './describe-paper.ts';

await describePaper('polar-factor');
