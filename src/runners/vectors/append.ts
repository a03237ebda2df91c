import type { AnyOperation, FloatFormat } from '../../operations/operation.ts';
import { obligationOf } from '../../operations/verdict/obligation.ts';
import { expectedOutput, isBounded } from '../../operations/verdict/output-verdict.ts';
import { GENERATED } from '../report/settings.ts';
import type { Candidate } from './candidates.ts';
import type { Note, Vector, VectorFile } from './vector.ts';

/**
 * The file with a vector for each candidate that has none yet. What is there stays as it is, under its id: an id means the same for ever.
 */
export function appended(
  operation: AnyOperation,
  former: VectorFile | undefined,
  candidates: readonly Candidate[],
): VectorFile {
  const vectors = [...(former?.vectors ?? [])];
  const notes: Record<string, Note> = { ...former?.notes };
  const known = new Set(vectors.map(({ input }) => JSON.stringify(input)));
  let lastId = Math.max(0, ...vectors.map(({ id }) => id));
  for (const [text, alike] of byInput(candidates)) {
    const [first] = alike;
    if (first === undefined || known.has(text)) continue;
    const made = vector(operation, first.input);
    if (made === undefined) continue;
    for (const { flag, note } of alike) notes[flag] ??= note;
    lastId += 1;
    const comment = alike.map((candidate) => candidate.comment).join('; ');
    vectors.push({ id: lastId, comment, flags: alike.map(({ flag }) => flag), ...made });
  }
  return {
    generated: GENERATED,
    schema: 'vectors.v1',
    operation: operation.id,
    kind: operation.kind,
    summary: operation.summary,
    compare: operation.defects === undefined ? 'entries' : 'defining-quantities',
    numberOfVectors: vectors.length,
    notes,
    vectors,
  };
}

/** What hunts by the same input becomes one vector. */
function byInput(candidates: readonly Candidate[]): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const text = JSON.stringify(candidate.input);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [candidate]);
    else group.push(candidate);
  }
  return groups;
}

/** Undefined where the reference has no answer. */
function vector(
  operation: AnyOperation,
  input: object,
): Pick<Vector, 'input' | 'obligation' | 'output' | 'errorBound'> | undefined {
  const at = (format: FloatFormat) => {
    const expected = expectedOutput(operation, input as never, format);
    const bounded = isBounded(operation, input as never, expected, format);
    return { ...expected, obligation: obligationOf(operation.id, input, format, bounded) };
  };
  try {
    const [float64, float32, bfloat16] = [at('float64'), at('float32'), at('bfloat16')];
    return {
      obligation: { float64: float64.obligation, float32: float32.obligation, bfloat16: bfloat16.obligation },
      input,
      output: float64.output as object,
      errorBound: { float64: shown(float64.bound), float32: shown(float32.bound), bfloat16: shown(bfloat16.bound) },
    };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Four significant digits, rounded up: the last digits of a bound mean nothing, and differ between engines. */
function shown(bound: number): number | 'Infinity' {
  if (bound === Number.POSITIVE_INFINITY) return 'Infinity';
  const rounded = Number(bound.toPrecision(4));
  return rounded >= bound ? rounded : Number((bound * (1 + 2 ** -10)).toPrecision(4));
}
