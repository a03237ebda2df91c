import type { Obligation } from '../../../claim/certificate.ts';
import type { Multivariate } from '../../../kernels/exact/multivariate.ts';
import type { Polynomial } from '../../../kernels/exact/polynomial.ts';
import type { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { signOnInterval } from '../../../kernels/exact/sign-on-interval.ts';

/** A condition and the words for what was computed. */
export type Finding = readonly [holds: boolean, evidence: string];

/** One obligation of several findings, all of which must hold. */
export const obligation = (id: string, text: string, findings: readonly [Finding, ...Finding[]]): Obligation => ({
  id,
  text,
  holds: findings.every(([holds]) => holds),
  evidence: findings.map(([, evidence]) => evidence).join('; '),
});

/** Longer expansions are counted instead of written. */
const READABLE = 160;
const written = (expression: Multivariate): string => {
  const text = `${expression}`;
  return text.length <= READABLE ? text : `${text.split(' + ').length} terms`;
};

export const identity = (left: Multivariate, right: Multivariate, name: string): Finding => [
  left.equals(right),
  `${name}: both sides expand to ${written(left)}`,
];

/** Nonnegative for nonnegative variables. */
export const nonNegative = (expression: Multivariate, name: string): Finding => [
  expression.hasNonNegativeCoefficients(),
  `${name} expands to ${written(expression)}, without a negative coefficient`,
];

/** p >= 0 on [lo, hi], by a Sturm chain. */
export function nonNegativeOn(p: Polynomial, { lo, hi }: RationalInterval, name: string): Finding {
  const sign = signOnInterval(p, lo, hi);
  return [sign === 'positive' || sign === 'nonnegative', `${name} is ${sign} on [${lo}, ${hi}] (Sturm)`];
}

/** The nearest double, for evidence. */
export const shown = (x: Rational): string => `${x.toNumber()}`;
export const shownInterval = ({ lo, hi }: RationalInterval): string => `[${lo.lowerDouble()}, ${hi.upperDouble()}]`;
