import type { AnyClaim, Claim } from '../../src/claim/claim.ts';
import { exactly } from '../../src/claim/enclosure.ts';
import type { Figure } from '../../src/claim/figure.ts';
import { type Numeric, Rational } from '../../src/kernels/exact/rational.ts';
import { type Contents, contents, type Plotted } from '../../src/runners/report/contents.ts';
import { type Dossier, dossierOf } from '../../src/runners/report/dossier.ts';
import { ratioPlot } from '../../src/runners/report/ratio-plot.ts';
import { rendered } from '../../src/runners/report/render.ts';
import { type Toy, toyClaim } from '../meta/toy-claim.ts';

/** The toy claim under another name, with a proof in two steps and text that Markdown would trip over. */
export const awkward: Claim<Toy, Numeric> = {
  ...toyClaim,
  id: 'awkward',
  statement: String.raw`For $\|x\| < 1$ and $a_1 * b_1 * c_1 | d$ the value t(g) <= 1_{0} * 2_{0}.`,
  source: { paper: 'A | B', locus: 'Theorem 1', arxiv: '2501.00001', printed: 'corrected', erratum: 'lost a $|x|$' },
  proof: [
    { id: 'first', text: String.raw`t \le (1+t)/2`, lhs: (_, t) => exactly(t), rhs: (_, t) => exactly(halfway(t)) },
    { id: 'second', text: String.raw`(1+t)/2 \le 1`, lhs: (_, t) => exactly(halfway(t)), rhs: () => exactly(1) },
    { id: 'aside', text: 'zero is at most t', lhs: () => exactly(0), rhs: (_, t) => exactly(t) },
  ],
  controls: [{ ...toyClaim.controls[0], belief: 'It is at most |1/2|' }, toyClaim.controls[1]],
};

const halfway = (t: Numeric): Rational => Rational.from(t).plus(Rational.ONE).dividedBy(Rational.of(2));

export const dossier = (claim: Claim<Toy, Numeric>, runs = 20): Promise<Dossier> =>
  dossierOf(claim as unknown as AnyClaim, 'toys', { runs, seed: 7 });

async function plotted(claim: Claim<Toy, Numeric>): Promise<Plotted> {
  const of = await dossier(claim);
  const specification = ratioPlot(of);
  return { dossier: of, plot: specification === undefined ? undefined : await rendered(specification) };
}

const figure: Figure = {
  id: 'line',
  title: 'A line',
  caption: 'It rises with $x$.',
  drawing: {
    vegaLite: {
      mark: 'line',
      data: { values: [0, 1, 2].map((x) => ({ x, y: x / 3 })) },
      encoding: { x: { field: 'x', type: 'quantitative' }, y: { field: 'y', type: 'quantitative' } },
    },
  },
  table: { header: ['x', 'a|b'], rows: [[1 / 3, '$|x|$']] },
};

/** The whole report on two claims and one figure. */
export async function exampleContents(order: 'forwards' | 'backwards' = 'forwards'): Promise<Contents> {
  const claims = order === 'forwards' ? [toyClaim, awkward] : [awkward, toyClaim];
  const all: Plotted[] = [];
  for (const claim of claims) all.push(await plotted(claim));
  return contents(all, new Map([['toys', [figure]]]), {
    toCounterexamples: '../counterexamples',
    toReports: '../reports',
  });
}
