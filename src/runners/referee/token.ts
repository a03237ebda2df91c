import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { jsonLine } from '../json-text.ts';
import { got, UsageError } from '../usage-error.ts';

/** One input of one operation, to be judged alone. */
export interface JudgedInput {
  readonly operation: string;
  readonly input: object;
}

/** A larger text than this comes out of no token that was printed here. */
const LARGEST_INPUT = 2 ** 26;

/** `operation@input`, the input as deflated JSON in base64url: it repeats the case whatever becomes of the generators. */
export const toJudgeToken = ({ operation, input }: JudgedInput): string =>
  `${operation}@${deflateRawSync(jsonLine(input), { level: 9 }).toString('base64url')}`;

/** @throws UsageError on text that `toJudgeToken` does not print. */
export function fromJudgeToken(token: string): JudgedInput {
  const [, operation = '', packed = ''] = /^([a-z0-9-]+)@([A-Za-z0-9_-]+)$/.exec(token) ?? [];
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: LARGEST_INPUT }).toString('utf8');
    const input: unknown = JSON.parse(text);
    if (input !== null && typeof input === 'object') return { operation, input };
  } catch {
    // no such token
  }
  throw new UsageError(`--replay: required a token operation@input as judge prints it, got ${got(token)}`);
}
