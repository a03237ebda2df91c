import { Rational } from '../../../kernels/exact/rational.ts';
import type { RationalInterval } from '../../../kernels/exact/rational-interval.ts';
import { beginsWith, distance, point, shown } from './bracket.ts';
import { DIGITS } from './muon-digits.ts';
import { below, same } from './muon-findings.ts';
import { imageAfter, imagesOf } from './muon-images.ts';
import type { MuonConstants } from './muon-map.ts';
import { type Finding, obligation } from './obligations.ts';

/** Exact images of [s, 1] under five steps. */
export function fiveSteps({ bottom, top, bandTop }: MuonConstants) {
  const after = (p: number, q: number) => imageAfter(Rational.of(p, q), Rational.ONE, 5);
  const thousandth = after(1, 1000);
  const start = imagesOf(point(Rational.of(1, 1000)), 5);
  const from = (p: number, q: number, most: RationalInterval, name: string): readonly [Finding, Finding] => {
    const { minimum, maximum } = after(p, q);
    return [same(minimum, bottom, `min p^5([${p}/${q}, 1]), m`), same(maximum, most, `max, ${name}`)];
  };
  const between = after(51, 10000);
  return [
    obligation(
      'five-steps-from-one-thousandth',
      String.raw`p^5([10^{-3}, 1]) = [p^5(10^{-3}), M] \not\subset [17/25, 6/5]`,
      [
        same(thousandth.minimum, start, 'minimum, p^5(1/1000)'),
        same(thousandth.maximum, top, 'maximum, M'),
        below(thousandth.minimum, point(Rational.of(1, 2)), 'p^5(1/1000) < 1/2'),
      ],
    ),
    obligation(
      'five-steps-from-thresholds',
      String.raw`p^5([1/400, 1]) = p^5([3/1000, 1]) = [m, M]; \ p^5([1/128, 1]) = p^5([1/100, 1]) = B`,
      [
        ...from(1, 400, top, 'M'),
        ...from(3, 1000, top, 'M'),
        ...from(1, 128, bandTop, 'p(m)'),
        ...from(1, 100, bandTop, 'p(m)'),
      ],
    ),
    obligation('five-steps-in-between', String.raw`p^5([51/10000, 1]) = [m, y] \text{ with } p(m) < y < M`, [
      same(between.minimum, bottom, 'minimum, m'),
      below(bandTop, between.maximum, 'p(m) < y'),
      below(between.maximum, top, 'y < M'),
    ]),
  ] as const;
}

/** The decimals of the statement are those of the computed enclosures. */
export function decimals({ top, bottom, bandTop, inner, edge, thresholds: s }: MuonConstants) {
  const one = point(Rational.ONE);
  const named: Readonly<Record<keyof typeof DIGITS, RationalInterval>> = {
    top,
    bottom,
    bandTop,
    radius: distance(one, bottom),
    inner,
    edge,
    s4: s[4] ?? one,
    s5: s[5] ?? one,
    thousandth: imagesOf(point(Rational.of(1, 1000)), 5),
  };
  const compared = (Object.keys(DIGITS) as (keyof typeof DIGITS)[]).map(
    (name): Finding => [beginsWith(named[name], DIGITS[name]), `${name}: ${shown(named[name])}`],
  );
  const [first = [false, 'none'], ...others] = compared;
  return obligation('decimals', 'the decimals of the statement', [first, ...others]);
}
