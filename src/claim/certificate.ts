/** One fact about all inputs, decided by exact arithmetic. */
export interface Obligation {
  readonly id: string;
  readonly text: string;
  readonly holds: boolean;
  /** What was computed: the factorisation, the root count, the enclosing rationals. */
  readonly evidence: string;
}

/** A proof for all inputs: every obligation is re-decided each time that the claim is checked. */
export interface Certificate {
  readonly obligations: readonly [Obligation, ...Obligation[]];
}

export const certifies = (certificate: Certificate): boolean => certificate.obligations.every(({ holds }) => holds);
