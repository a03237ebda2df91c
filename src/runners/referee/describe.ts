import { FLOAT_FORMATS, type FloatFormat } from '../../operations/operation.ts';
import { got } from '../usage-error.ts';
import type { Peer } from './peer.ts';

/** What an implementation says of itself. */
export interface Description {
  readonly name: string;
  readonly version: string;
  readonly precision: FloatFormat;
  readonly operations: readonly string[];
}

/** Asks an implementation who it is; in words, what is wrong with its answer. */
export async function describe(peer: Peer): Promise<Description | { readonly fault: string }> {
  const reply = await peer.ask({ op: 'describe' });
  if (reply.kind === 'broken') return { fault: reply.how };
  if (reply.kind === 'refused') return { fault: `refused to describe itself: ${reply.reason}` };
  const { name, version, precision, operations } = reply.message;
  const format = FLOAT_FORMATS.find((known) => known === precision);
  const missing = (field: string, required: string, value: unknown) => ({
    fault: `described itself wrongly: required ${required} in "${field}", got ${got(value)}`,
  });
  if (typeof name !== 'string' || name === '') return missing('name', 'text', name);
  if (typeof version !== 'string') return missing('version', 'text', version);
  if (format === undefined) return missing('precision', `one of ${FLOAT_FORMATS.join(', ')}`, precision);
  if (!Array.isArray(operations) || !operations.every((id) => typeof id === 'string')) {
    return missing('operations', 'an array of texts', operations);
  }
  return { name, version, precision: format, operations };
}
