import type { Claim } from './claim.ts';

/** Infers the types of instance and observation of a claim: `export default defineClaim({ … })`. */
export const defineClaim = <I, O>(claim: Claim<I, O>): Claim<I, O> => claim;
