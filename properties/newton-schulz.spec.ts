import { expect, it } from 'vitest';
import { padeCertificate } from '../src/claims/newton-schulz/parts/pade-certificate.ts';
import { PADE } from '../src/claims/newton-schulz/parts/pade-map.ts';
import { polynomial } from '../src/kernels/exact/polynomial.ts';
import { Rational } from '../src/kernels/exact/rational.ts';
import { describePaper } from './describe-paper.ts';

await describePaper('newton-schulz');

it('a certificate with one wrong constant does not hold', () => {
  const failing = (cubic: (typeof PADE)[3], quintic: (typeof PADE)[5]) =>
    padeCertificate(cubic, quintic)
      .filter(({ holds }) => !holds)
      .map(({ id }) => id);
  expect(failing(PADE[3], PADE[5])).toEqual([]);
  expect(failing({ ...PADE[3], cofactor: polynomial([1, '1/3']) }, PADE[5])).toEqual(['cubic-factors']);
  expect(failing(PADE[3], { ...PADE[5], least: Rational.of(2, 3) })).toEqual(['quintic-error-on-unit-interval']);
  expect(failing({ ...PADE[3], ratio: polynomial(['3/4', '1/2']) }, PADE[5])).toContain('cubic-iterated-error');
});
