import type { Answer, Call } from '../claim/ask.ts';
import type { AnyClaim } from '../claim/claim.ts';
import { Rational } from '../kernels/exact/rational.ts';
import { Declined, type Operation } from '../operations/operation.ts';

export type SubjectId = 'exact' | 'reference' | 'gpu';

export const SUBJECTS: readonly SubjectId[] = ['exact', 'reference', 'gpu'];

type Any = Operation<unknown, unknown>;

/** The subject declines this instance (an irrational result, no such form): it is not counted. */
export class NotCounted extends Error {}

const FRACTION = /^-?\d+(\/[1-9]\d*)?$/;

/** Every fraction string of a JSON value as its nearest double. */
export function toDoubles(value: unknown): unknown {
  if (typeof value === 'string') return FRACTION.test(value) ? Rational.from(value).toNumber() : value;
  if (Array.isArray(value)) return value.map(toDoubles);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toDoubles(item)]));
  }
  return value;
}

/** The subjects that every operation of the claim offers, the most exact first; a pure statement has only the exact one. */
export function subjectsOf(claim: Pick<AnyClaim, 'operations'>): readonly SubjectId[] {
  const all = claim.operations as readonly unknown[] as readonly Any[];
  if (all.length === 0) return ['exact'];
  return SUBJECTS.filter(
    (subject) => subject === 'reference' || all.every((operation) => operation[subject] !== undefined),
  );
}

/** Some fraction string of the input is no double. */
function isRounded(value: unknown): boolean {
  if (typeof value === 'string')
    return FRACTION.test(value) && !Rational.from(Rational.from(value).toNumber()).equals(Rational.from(value));
  if (Array.isArray(value)) return value.some(isRounded);
  return value !== null && typeof value === 'object' && Object.values(value).some(isRounded);
}

/** u of double precision over that of single precision. */
const FLOAT64_OVER_FLOAT32 = 2 ** -29;

/**
 * The error bound of the float64 subject for an input whose fractions are rounded to doubles first.
 *
 * An operation bounds its error from the doubles that it is given. What rounding a fraction to them adds is covered by the
 * bound of float32, which counts the rounding of every input: as a function of the unit roundoff it is convex and 0 at 0, so
 * at 2^-29 times that roundoff it is at most 2^-29 times as large.
 */
function float64Bound(operation: Any, given: unknown, input: never): number {
  const bound = operation.errorBound(input, 'float64') ?? 0;
  if (!isRounded(given)) return bound;
  return bound + FLOAT64_OVER_FLOAT32 * (operation.errorBound(input, 'float32') ?? 0);
}

/** What the exact or the float64 subject answers. @throws NotCounted where the exact form declines. */
export function answerNow(subject: 'exact' | 'reference', call: Call): Answer<unknown> {
  const operation = call.operation as unknown as Any;
  if (subject === 'exact') {
    if (operation.exact === undefined) throw new NotCounted(`${operation.id} has no exact form`);
    const output = operation.exact(call.input);
    if (output instanceof Declined) throw new NotCounted(output.reason);
    return { output, errorBound: 0 };
  }
  const input = toDoubles(call.input) as never;
  return { output: operation.reference(input), errorBound: float64Bound(operation, call.input, input) };
}

/**
 * What the bounds of float32 are multiplied by on graphics hardware: WGSL lets + - * round either way (2u for u) and a
 * square root stand for ten roundings; a bound is a count of roundings times u, to first order in u, which the rest covers.
 */
const HARDWARE_FACTOR = 20;

/** What the gpu.js twin answers, with the bound of float32. @throws NotCounted where it declines or that bound is infinite. */
export async function answerOnGpu(call: Call): Promise<Answer<unknown>> {
  const operation = call.operation as unknown as Any;
  if (operation.gpu === undefined) throw new NotCounted(`${operation.id} has no gpu twin`);
  const input = toDoubles(call.input) as never;
  const output = await operation.gpu(input);
  if (output instanceof Declined) throw new NotCounted(output.reason);
  const bound = operation.errorBound(input, 'float32') ?? 0;
  // an undecided rank, say: no answer of a twin would be wrong, so none is evidence
  if (bound === Number.POSITIVE_INFINITY) throw new NotCounted('single precision guarantees nothing at this input');
  const { arrayBackend } = await import('../kernels/gpu/select-backend.ts');
  const { bitExact } = await arrayBackend();
  return { output, errorBound: bound * (bitExact ? 1 : HARDWARE_FACTOR) };
}

/** Runs an observation on a subject that answers at once. */
export function observeNow<O>(run: Generator<Call, O, Answer<unknown>>, subject: 'exact' | 'reference'): O {
  let next = run.next();
  while (next.done !== true) next = run.next(answerNow(subject, next.value));
  return next.value;
}

/** Runs an observation on a subject that answers later. */
export async function observeLater<O>(
  run: Generator<Call, O, Answer<unknown>>,
  answer: (call: Call) => Promise<Answer<unknown>>,
): Promise<O> {
  let next = run.next();
  while (next.done !== true) next = run.next(await answer(next.value));
  return next.value;
}
