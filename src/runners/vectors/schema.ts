import { z } from 'zod';

const text = z.string().min(1);
const bound = z.union([z.number().min(0), z.literal('Infinity')]);

const obligation = z.enum(['must', 'should', 'informative']);

/** The schema of a vector file. Unknown fields are errors, so that a reader can rely on what it knows. */
export const vectorFileSchema = z.strictObject({
  generated: text,
  schema: z.literal('vectors.v1'),
  operation: text,
  kind: z.enum(['function', 'optimiser']),
  summary: text,
  compare: z.enum(['entries', 'defining-quantities']),
  numberOfVectors: z.int().min(1),
  notes: z.record(text, z.strictObject({ bugClass: text, effect: text, links: z.array(text) })),
  vectors: z.array(
    z.strictObject({
      id: z.int().min(1),
      comment: text,
      flags: z.array(text).min(1),
      obligation: z.strictObject({ float64: obligation, float32: obligation, bfloat16: obligation }),
      input: z.looseObject({}),
      output: z.looseObject({}),
      errorBound: z.strictObject({ float64: bound, float32: bound, bfloat16: bound }),
    }),
  ),
});

/** The same as a JSON Schema. */
export const vectorJsonSchema = (): object => z.toJSONSchema(vectorFileSchema);
