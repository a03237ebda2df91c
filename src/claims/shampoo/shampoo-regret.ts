import { defineClaim } from '../../claim/define.ts';
import { enclosing } from '../../claim/enclosure.ts';
import { tampered } from '../../claim/tamper.ts';
import { Rational } from '../../kernels/exact/rational.ts';
import { shampooOperation } from '../../operations/shampoo.ts';
import {
  DOUBLING,
  fromStart,
  HOVER,
  lagging,
  largestRank,
  normalised,
  observeRun,
  type RegretInstance,
  type RegretObserved,
  SCALARS,
  STREAMS,
  THERE_AND_BACK,
  TIGHT,
  traces,
} from './parts/regret-run.ts';

/**
 * The regret of Shampoo is at most (D²/(2 eta) + eta r) tr L^(1/4) tr R^(1/4), r the largest rank of a gradient, D the largest
 * Frobenius distance of the iterates from the comparator.
 *
 * Why: the telescoping of AdaGrad in the norm of H_t = L_t^(1/4) ⊗ R_t^(1/4), and H_t dominates (1/r sum gg^T)^(1/2). For
 * r = 1 neither constant can be lowered: the scalar stream that hovers at distance D while V grows and then walks down
 * uses both up. The factor r is not needed at all, see shampoo-regret-rank-free.
 *
 * D depends on the path, so what is measured is regret / (D²/(2 eta) + eta r), whose bound the gradients alone decide.
 */

const { ONE } = Rational;

export default defineClaim<RegretInstance, RegretObserved>({
  id: 'shampoo-regret',
  statement: String.raw`Let $L_t = \epsilon I + \sum_{s\le t} G_sG_s^T$, $R_t = \epsilon I + \sum_{s\le t} G_s^TG_s$, $\epsilon > 0$, $W_{t+1} = W_t - \eta L_t^{-1/4}G_tR_t^{-1/4}$,
$\eta > 0$, $\mathrm{rank}\,G_t \le r$ with $r \ge 1$, $W_*$ arbitrary and $D = \max_{t\le T}\|W_t - W_*\|_F$. Then
$\sum_{t\le T}\langle G_t, W_t - W_*\rangle \le \left(\frac{D^2}{2\eta} + \eta r\right)\mathrm{tr}\,L_T^{1/4}\,\mathrm{tr}\,R_T^{1/4}$,
which bounds $\sum f_t(W_t) - f_t(W_*)$ for convex $f_t$ with subgradients $G_t$; $\eta = D/\sqrt{2r}$ gives $\sqrt{2r}\,D$ times the traces.`,
  source: {
    paper: 'Shampoo (Gupta, Koren, Singer 2018)',
    locus: 'Theorem 7, on every path',
    arxiv: '1802.09568',
    printed: 'holds',
  },
  assumptions: [
    {
      id: 'step',
      text: 'eta > 0 and epsilon > 0',
      holds: ({ learningRate, epsilon }) => learningRate > 0 && epsilon > 0,
    },
  ],
  families: [{ id: 'streams', role: 'generic', ...STREAMS }, { id: 'scalar', role: 'generic', ...SCALARS }, HOVER],
  operations: [shampooOperation],
  observe: observeRun,
  relation: 'at-most',
  measure: (instance, observed) => normalised(instance, observed, ONE, largestRank(instance)),
  bound: (instance) => enclosing(traces(instance)),
  exactness: { level: 'float64-certified' },
  tightness: { supremum: 1, floor: 0.93, family: 'hover-and-descend' },
  controls: [
    {
      id: 'constant-below-root-two',
      mutation: 'sharpened-constant',
      belief: 'At the best step, 1.3 D does in the place of sqrt(2 r) D',
      witness: TIGHT,
      mutate: (claim) => ({
        ...claim,
        // 13/10 over sqrt 2, rounded up
        measure: (instance, observed) => {
          const factor = Rational.of(23, 25);
          return normalised(instance, observed, factor, factor.times(largestRank(instance)));
        },
        families: [HOVER],
      }),
    },
    {
      id: 'initial-distance',
      mutation: 'sharpened-constant',
      belief: 'The distance of the start is enough for D',
      witness: THERE_AND_BACK,
      mutate: (claim) => ({
        ...claim,
        measure: (instance, observed) =>
          normalised(instance, fromStart(instance, observed), ONE, largestRank(instance)),
      }),
    },
    {
      id: 'preconditioner-of-the-past',
      mutation: 'broken-subject',
      belief: 'The preconditioner need not contain the current gradient',
      witness: DOUBLING,
      mutate: (claim) =>
        tampered({ ...claim, families: [{ id: 'scalar', role: 'generic', ...SCALARS }] }, shampooOperation, lagging),
    },
  ],
});
