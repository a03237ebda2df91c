import type { Figure } from '../../../claim/figure.ts';
import { chainValue, constantChain, gramProduct } from '../../../instances/broximal/ar1.ts';
import { Rational } from '../../../kernels/exact/rational.ts';
import { exactBrox } from '../../../methods/brox/exact-brox.ts';
import { exactBroximalPoint } from '../../../methods/broximal-point.ts';

/** R/t of the curves. */
const RHO = 10;

/** The chain that nearly meets R4: K + 1 steps for R²/t² just above K. */
const CHAIN_STEPS = 20;
const chain = () => constantChain(CHAIN_STEPS, Rational.of(1, 1000), Rational.ONE);

const ratio = (a: Rational, b: Rational): number => a.dividedBy(b).toNumber();

/** What the extremal instance attains of every result, 1 for equality; recomputed from the iterates. */
function attained(): { readonly [result: string]: number } {
  const worst = chain();
  const [start = [], next = []] = worst.iterates;
  const [before, after] = [start, next].map((x) => gramProduct(worst, x, x));
  const spacing = Rational.of(1, 1000);
  const fall = (before ?? Rational.ZERO).minus(after ?? Rational.ZERO);
  const decrease = chainValue(worst, start).minus(chainValue(worst, next));
  const line = exactBrox({ kind: 'absolute' }, [Rational.of(3)], Rational.ONE);
  const reached = line?.value ?? Rational.ZERO;
  const move = start.map((x, i) => x.minus(next[i] ?? Rational.ZERO));
  const within = exactBrox({ kind: 'absolute' }, [Rational.of(1, 2)], Rational.ONE);
  const knee = Rational.of(1, 10000);
  const huber = { kind: 'huber', delta: knee } as const;
  const from = Rational.of(10).plus(knee);
  const values = exactBroximalPoint(huber, [from], new Array<Rational>(10).fill(Rational.ONE))?.values ?? [];
  return {
    R1: within?.value.sign() === 0 ? 1 : 0,
    R2: gramProduct(worst, move, move).toNumber(),
    R3: ratio(Rational.ONE.plus(Rational.of(2).times(spacing)), fall),
    R4: ratio(Rational.of(CHAIN_STEPS + 1), Rational.of((before ?? Rational.ZERO).ceiling())),
    R5: ratio(Rational.ONE, Rational.of(3).minus(reached)),
    R6: line?.multiplier.toNumber() ?? 0,
    R7: ratio(worst.weights[0] ?? Rational.ZERO, decrease),
    // |grad f(x_10)| is the knee: t K knee over f(x_0)
    last: ratio(Rational.of(10).times(knee), values[0] ?? Rational.ONE),
  };
}

interface Mark {
  readonly steps: number;
  readonly part: number;
  readonly curve: string;
}

/** f(x_K) - f* over f(x_0) - f* for R/t = 10, by the number of steps: two bounds, and what a chain of constant spacing attains. */
function curves(): readonly Mark[] {
  const squared = RHO ** 2;
  return Array.from({ length: 40 }, (_, k) => k + 1).flatMap((steps) => {
    const z = steps / squared;
    const spacing = -steps + Math.sqrt(steps ** 2 - steps + squared);
    return [
      { steps, part: (1 - 1 / RHO) ** steps, curve: 'one step at a time, (1 - t/R)^K' },
      { steps, part: ((1 - z) / (1 + z)) ** steps, curve: 'Gaussian rate, ((1 - z)/(1 + z))^K' },
      { steps, part: (spacing / (spacing + 1)) ** steps, curve: 'attained by a chain' },
    ];
  });
}

/** The seven results with their constants, and the rate that follows from them against the one that holds. */
export function resultsFigure(): Figure {
  const best = attained();
  const row = (id: string, printed: string, holds: string, by: string): readonly (string | number)[] => [
    id === 'last' ? 'R7, last gradient' : id,
    printed,
    holds,
    by,
    best[id] ?? 0,
  ];
  return {
    id: 'results',
    title: 'The seven results, and the rate',
    caption:
      'The part of the gap that is left after $K$ steps for $R = 10t$ in the worst case: what the one-step rate guarantees, the Gaussian rate ($z = Kt^2/R^2$), and what the autoregressive chain of constant spacing attains. Below: the printed results with what is true and what attains it; the last column is the part of the true bound that the instance reaches, recomputed from its iterates.',
    drawing: {
      vegaLite: {
        $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
        width: 560,
        height: 260,
        padding: 12,
        background: '#ffffff',
        data: { values: curves() },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          x: { field: 'steps', type: 'quantitative', title: 'steps K', scale: { zero: false, nice: false } },
          y: {
            field: 'part',
            type: 'quantitative',
            title: 'part of the gap that is left',
            scale: { type: 'log' },
            axis: { format: '~e' },
          },
          color: {
            field: 'curve',
            type: 'nominal',
            title: null,
            sort: null,
            scale: { range: ['#0072B2', '#D55E00', '#009E73'] },
            legend: { orient: 'bottom', labelLimit: 400, columns: 1 },
          },
          strokeDash: {
            field: 'curve',
            type: 'nominal',
            sort: null,
            scale: {
              range: [
                [1, 0],
                [1, 0],
                [6, 5],
              ],
            },
            title: null,
            legend: { orient: 'bottom', labelLimit: 400, columns: 1 },
          },
        },
      },
    },
    table: {
      header: ['result', 'printed', 'true', 'attained by', 'part reached'],
      rows: [
        row(
          'R1',
          String.raw`$\operatorname{brox}_t(x) \subseteq X^*$`,
          String.raw`$\operatorname{brox}_t(x) = B(x,t) \cap X^*$`,
          'every ball that holds a minimiser',
        ),
        row('R2', String.raw`$\|u - x\| = t$`, String.raw`$\|u - x\| = t$`, 'every other ball'),
        row('R3', '$t^2$ off the squared distance', '$t^2 + 2(f(u) - f^*)/c$', 'the chain, every step'),
        row(
          'R4',
          String.raw`$\lceil R^2/t^2 \rceil$ steps`,
          String.raw`$\lceil R^2/t^2 \rceil$ steps`,
          'the chain, $s = t/1000$',
        ),
        row('R5', '$(1 + t/d_{k+1})^{-1}$', '$1 - t/d_k$', '$|y|$'),
        row('R6', String.raw`$\|\nabla f(x_{k+1})\| \le \|\nabla f(x_k)\|$`, 'the same', '$|y|$'),
        row('R7', String.raw`$f$ falls by $t\|\nabla f(x_{k+1})\|$`, 'the same', 'the chain, every step'),
        row(
          'last',
          String.raw`$\|\nabla f(x_{K+1})\| \le (f(x_0) - f^*)/(tK)$`,
          String.raw`$\|\nabla f(x_K)\| \le (f(x_0) - f^*)/(tK)$`,
          'a Huber function that ends at its knee',
        ),
      ],
    },
  };
}
