import type { Miss } from '../../operations/verdict/miss.ts';
import { numbersIn, shapeOf } from '../../operations/verdict/numbers-in.ts';
import type { Obligation } from '../../operations/verdict/obligation.ts';
import { natureOf } from './nature.ts';
import { DESCRIBE, type OperationReport, type ReportedFinding } from './report-types.ts';

/** Three significant digits. */
export const roughly = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(3))) : String(x));

const times = (shape: string): string => shape.replaceAll('x', '×');

/** "a 1×2 matrix, step 2". */
export function sizeInWords(input: object): string {
  const { parameters, gradients, matrix, point } = input as Readonly<Record<string, unknown>>;
  if (Array.isArray(parameters) && Array.isArray(gradients)) {
    const shapes = parameters.map((rows) => times(shapeOf(rows)));
    const matrices = shapes.length === 1 ? `a ${shapes[0]} matrix` : `matrices ${shapes.join(', ')}`;
    return `${matrices}, step ${gradients.length}`;
  }
  if (Array.isArray(matrix)) return matrix.length === 0 ? 'an empty matrix' : `a ${times(shapeOf(matrix))} matrix`;
  if (Array.isArray(point)) return `dimension ${point.length}`;
  const numbers = numbersIn(input);
  return `${numbers.length} numbers`;
}

/** What is wrong, as a sentence without its end: "your muon applies …" where a known mistake explains it. */
export function complaint(id: string, { trial, likely }: ReportedFinding): string {
  const [first] = likely;
  if (first !== undefined) return `your ${id} ${first.mistake.name}`;
  const { outcome } = trial;
  if (outcome.kind === 'broken')
    return id === DESCRIBE ? `your implementation ${outcome.how}` : `your ${id} ${outcome.how}`;
  if (outcome.kind === 'wrong' && 'error' in outcome.got) return `your ${id} refuses: ${String(outcome.got.error)}`;
  if (trial.obligation === 'should' && natureOf(trial) === 'not finite') {
    return `your ${id} overflows or divides by 0 where squares leave the normal range or nothing is guaranteed`;
  }
  return `your ${id} differs from the definition, and no known mistake explains how`;
}

/** The complaint with the size of the smallest input that shows it. */
export const sentence = (id: string, finding: ReportedFinding): string =>
  id === DESCRIBE
    ? complaint(id, finding)
    : `${complaint(id, finding)}; smallest input: ${sizeInWords(finding.trial.input)}`;

/** Where else the first name was tried, so that a name is no more than it is. */
export function standing({ likely, others }: ReportedFinding): string {
  const [first, ...rest] = likely;
  if (first === undefined) return '';
  const also = others === 0 ? '' : `; it reproduces ${first.alsoExplains} of ${others} other answers too`;
  const or = rest.map(({ mistake }) => `; or ${mistake.name} (${mistake.where})`).join('');
  return `known from ${first.mistake.where}${also}${or}`;
}

const OWED: Readonly<Record<Obligation, string>> = {
  must: 'must: the definition holds here',
  should: 'should: squares of entries leave the normal range, or nothing is guaranteed',
  informative: 'informative: a convention',
};

export const obligationInWords = (obligation: Obligation): string => OWED[obligation];

/** "which is 12 times the allowed error 2.2e-16". */
export const missInWords = ({ distance, bound }: Miss): string =>
  bound === 0 ? 'where no error is allowed' : `which is ${roughly(distance)} times the allowed error ${roughly(bound)}`;

/** "100 asked, 97 of them must; 41 failed (40 must, 1 should); …" */
export function tallyInWords({ verdict, calls, owed, failed, furthest, abandoned }: OperationReport): string {
  if (verdict === 'unsupported') return 'not offered';
  const wrong = failed.must + failed.should + failed.informative;
  const kinds = (['must', 'should', 'informative'] as const)
    .filter((obligation) => failed[obligation] > 0)
    .map((obligation) => `${failed[obligation]} ${obligation}`);
  const parts = [
    `${calls} asked, ${owed === calls ? 'all' : owed === 0 ? 'none' : owed} of them must`,
    wrong === 0 ? '' : `${wrong} failed (${kinds.join(', ')})`,
    owed === 0 && calls > 0 ? 'nothing is guaranteed here in this precision, so this shows nothing' : '',
    furthest > 0 && furthest < 1 ? `right answers within ${roughly(furthest)} of the allowed error` : '',
    abandoned ? 'given up after too many failures to answer' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** What is allowed, for those who ask where a tolerance comes from. */
export const ALLOWED_ERROR =
  'The allowed error is derived, not chosen: for a function, the conditioning of the definition at this input times the backward error of a ' +
  'stable algorithm in the declared precision, plus the error of our own reference; for a step of an optimiser, what interval arithmetic ' +
  'over every admissible rounding gives from the parameters that were returned before. An ill-conditioned input has a wide bound, never a ' +
  'false alarm. `lemmata eval` prints the same bound as forwardError.';
