import { z } from 'zod';
import { loadOperation, operationIds } from '../../operations/catalogue.ts';
import type { AnyOperation, Precision } from '../../operations/operation.ts';
import { jsonLine } from '../json-text.ts';
import { columns } from '../layout.ts';
import { offeredPrecisions } from '../precisions.ts';
import type { CommandResult, Format } from './result.ts';

/** An operation as outsiders see it. */
export interface OperationEntry {
  readonly id: string;
  readonly kind: AnyOperation['kind'];
  readonly input: unknown;
  readonly output: unknown;
  readonly precisions: readonly Precision[];
  readonly hyperparameters: Readonly<Record<string, unknown>>;
}

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): unknown =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });

const entryOf = (operation: AnyOperation): OperationEntry => ({
  id: operation.id,
  kind: operation.kind,
  input: schemaOf(operation.input, 'input'),
  output: schemaOf(operation.output, 'output'),
  precisions: offeredPrecisions(operation),
  hyperparameters: operation.hyperparameters ?? {},
});

/** `lemmata operations`. */
export async function operationsCommand({ format }: { readonly format: Format }): Promise<CommandResult> {
  const loaded = await Promise.all(operationIds.map(loadOperation));
  const operations = loaded.filter((operation) => operation !== undefined);
  if (format === 'json') return { text: `${jsonLine(operations.map(entryOf))}\n`, exit: 0 };
  const rows = operations.map((operation) => [
    operation.id,
    operation.kind,
    offeredPrecisions(operation).join(' '),
    operation.summary,
  ]);
  return { text: `${columns([['operation', 'kind', 'precisions', 'computes'], ...rows])}\n`, exit: 0 };
}
