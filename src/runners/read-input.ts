import type { Readable } from 'node:stream';
import { systemReason, UsageError } from './usage-error.ts';

const MEBIBYTE = 2 ** 20;

/** More input than this is refused; larger matrices come as `.npy`. */
export const LARGEST_INPUT = 128 * MEBIBYTE;

/**
 * All of a stream as text.
 * @throws UsageError as soon as it is larger than the limit, without keeping the rest, and where it is no UTF-8.
 */
export async function readInput(stream: Readable, limit = LARGEST_INPUT): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > limit) {
        chunks.length = 0;
        throw new UsageError(
          `stdin: required at most ${limit / MEBIBYTE} MiB (larger matrices by --matrix FILE), got more`,
        );
      }
      chunks.push(chunk);
    }
  } catch (error) {
    const reason = systemReason(error);
    throw reason === undefined ? error : new UsageError(`stdin: required readable input, got ${reason}`);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new UsageError('stdin: required JSON in UTF-8, got other bytes');
  }
}
