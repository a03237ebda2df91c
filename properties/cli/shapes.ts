import { z } from 'zod';

/** The public shapes of `--json`. */
const count = z.int().min(0);
const subject = z.enum(['exact', 'reference', 'gpu']);
const mutation = z.enum(['dropped-assumption', 'sharpened-constant', 'as-printed', 'broken-subject']);
const supremum = z.union([z.number(), z.literal('unknown'), z.literal('Infinity')]);

export const checkShape = z.array(
  z.strictObject({
    id: z.string(),
    subject,
    verdict: z.enum(['proved', 'exact', 'certified', 'not-rejected', 'refuted', 'skipped', 'malformed']),
    runs: count,
    tally: z.strictObject({ holds: count, violated: count, withinRounding: count }),
    best: z.nullable(z.strictObject({ ratio: z.number(), family: z.string(), instance: z.unknown() })),
    controls: z.array(
      z.strictObject({ id: z.string(), mutation, refuted: z.boolean(), foundBySearchAfter: z.nullable(count) }),
    ),
    seconds: z.number().min(0),
    note: z.string().optional(),
  }),
);

export const listShape = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/),
    paper: z.string(),
    source: z.strictObject({
      paper: z.string(),
      locus: z.string(),
      arxiv: z.string().optional(),
      printed: z.string(),
      erratum: z.string().optional(),
    }),
    statement: z.string(),
    exactness: z.enum(['proved', 'exact', 'certified', 'statistical']),
    printed: z.enum(['holds', 'corrected', 'false', 'not-printed']),
    subjects: z.array(subject).min(1),
    families: z
      .array(z.strictObject({ id: z.string(), role: z.enum(['generic', 'degenerate', 'adversarial', 'extremal']) }))
      .min(1),
    controls: z.array(z.strictObject({ id: z.string(), mutation })).min(2),
    tightness: z.strictObject({ supremum, floor: z.number(), family: z.string() }),
    steps: z.array(z.strictObject({ id: z.string(), text: z.string() })),
  }),
);

const schema = z.looseObject({ $schema: z.string() });

export const operationsShape = z.array(
  z.strictObject({
    id: z.string(),
    kind: z.enum(['function', 'optimiser']),
    input: schema,
    output: schema,
    precisions: z.array(z.enum(['exact', 'float64', 'float32', 'gpu'])).min(1),
    hyperparameters: z.record(z.string(), z.unknown()),
  }),
);

export const evalShape = z.strictObject({
  operation: z.string(),
  precision: z.enum(['exact', 'float64', 'float32', 'gpu']),
  output: z.record(z.string(), z.unknown()),
  forwardError: z.union([z.number().min(0), z.literal('Infinity')]).optional(),
});

export const tightenShape = z.strictObject({
  id: z.string(),
  ratio: z.nullable(z.number()),
  sampled: z.nullable(z.number()),
  supremum,
  verdict: z.nullable(z.enum(['holds', 'within-rounding', 'violated'])),
  family: z.nullable(z.string()),
  instance: z.unknown(),
  evaluations: count,
});

export const doctorShape = z.strictObject({
  node: z.strictObject({ version: z.string(), required: z.string(), ok: z.boolean() }),
  cores: z.int().min(1),
  backend: z.strictObject({
    choice: z.enum(['auto', 'webasm', 'webgpu']),
    selected: z.nullable(z.enum(['webasm', 'webgpu'])),
  }),
  webasm: z.strictObject({ available: z.boolean() }),
  webgpu: z.strictObject({
    available: z.boolean(),
    adapters: z.array(
      z.strictObject({ name: z.string(), description: z.string(), kind: z.enum(['hardware', 'software']) }),
    ),
  }),
  missing: z.array(z.strictObject({ what: z.string(), how: z.string() })),
});

/** One JSON document on one line without spaces between its tokens, and nothing else. */
export function parsedLine<T>(stdout: string, shape: z.ZodType<T>): T {
  const value: unknown = JSON.parse(stdout);
  if (stdout !== `${JSON.stringify(value)}\n`) throw new Error(`one line without spaces, got ${stdout.slice(0, 200)}`);
  return shape.parse(value);
}
