import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mistakesOf } from '../../mistakes/catalogue.ts';
import { loadOperation, operationIds } from '../../operations/catalogue.ts';
import { jsonLine } from '../json-text.ts';
import { appended } from './append.ts';
import { candidatesOf } from './candidates.ts';
import { vectorFileSchema, vectorJsonSchema } from './schema.ts';
import { type VectorFile, vectorFileName } from './vector.ts';

/** The vectors that are shipped with the package and committed: src/runners/vectors or dist/runners/vectors, three up. */
const SHIPPED = new URL('../../../reports/vectors/', import.meta.url);

export const SCHEMA_FILE = 'vectors.v1.schema.json';

/** The shipped vectors of an operation; undefined where it has none yet. @throws RangeError for a file that is none. */
export function shippedVectors(operation: string): VectorFile | undefined {
  const path = fileURLToPath(new URL(vectorFileName(operation), SHIPPED));
  if (!existsSync(path)) return undefined;
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!vectorFileSchema.safeParse(content).success) throw new RangeError(`vectors: a file of the schema, got ${path}`);
  // as it was read, so that it is written back byte for byte
  return content as VectorFile;
}

/** One vector a line, so that what is appended is a line more in a diff. */
function fileText({ vectors, ...header }: VectorFile): string {
  const lines = vectors.map((vector) => jsonLine(vector));
  return `${jsonLine(header).slice(0, -1)},"vectors":[\n${lines.join(',\n')}\n]}\n`;
}

/** Every vector file by name, with its schema: the shipped vectors and a vector for each new candidate. */
export async function vectorFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const id of operationIds) {
    const operation = await loadOperation(id);
    if (operation === undefined) throw new RangeError(`vectors: an operation's id, got ${id}`);
    const file = appended(operation, shippedVectors(id), candidatesOf(operation, await mistakesOf(id)));
    if (file.vectors.length > 0) files.set(vectorFileName(id), fileText(file));
  }
  files.set(SCHEMA_FILE, `${JSON.stringify(vectorJsonSchema(), undefined, 1)}\n`);
  return files;
}
