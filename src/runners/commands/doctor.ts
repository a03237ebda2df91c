import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { type BackendProbe, probeBackends } from '../../kernels/gpu/probe-backends.ts';
import { jsonLine } from '../json-text.ts';
import { UsageError } from '../usage-error.ts';
import type { CommandResult, Format } from './result.ts';

interface Missing {
  readonly what: string;
  readonly how: string;
}

export interface Diagnosis {
  readonly node: { readonly version: string; readonly required: string; readonly ok: boolean };
  readonly cores: number;
  /** The backend of the gpu subject here, and what asked for it. */
  readonly backend: { readonly choice: BackendProbe['choice']; readonly selected: BackendProbe['selected'] };
  readonly webasm: { readonly available: boolean };
  readonly webgpu: {
    readonly available: boolean;
    readonly adapters: readonly {
      readonly name: string;
      readonly description: string;
      readonly kind: 'hardware' | 'software';
    }[];
  };
  readonly missing: readonly Missing[];
}

const least = (range: string): string => range.replace(/^>=\s*/, '');

function isAtLeast(version: string, range: string): boolean {
  const [have, want] = [version.replace(/^v/, ''), least(range)].map((text) => text.split('.').map(Number));
  for (const at of [0, 1, 2]) {
    const difference = (have?.[at] ?? 0) - (want?.[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function missingParts({ webasm, webgpu, selected, choice }: BackendProbe, node: Diagnosis['node']): readonly Missing[] {
  return [
    ...(node.ok ? [] : [{ what: `Node ${node.required}`, how: `install Node ${least(node.required)} or newer` }]),
    ...(webasm.available ? [] : [{ what: 'WebAssembly with SIMD', how: webasm.remedy ?? 'use a newer Node' }]),
    ...(webgpu.remedy === undefined ? [] : [{ what: `WebGPU: ${webgpu.problem ?? 'not found'}`, how: webgpu.remedy }]),
    ...(selected === null
      ? [{ what: `the backend ${choice} that LEMMATA_BACKEND asks for`, how: 'unset LEMMATA_BACKEND' }]
      : []),
  ];
}

async function diagnose(): Promise<Diagnosis> {
  const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    readonly engines: { readonly node: string };
  };
  const node = { version: process.version, required: engines.node, ok: isAtLeast(process.version, engines.node) };
  let probe: BackendProbe;
  try {
    probe = await probeBackends();
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
  return {
    node,
    cores: availableParallelism(),
    backend: { choice: probe.choice, selected: probe.selected },
    webasm: { available: probe.webasm.available },
    webgpu: {
      available: probe.webgpu.available,
      adapters: probe.webgpu.adapters.map(({ name, description, software }) => ({
        name,
        description,
        kind: software ? 'software' : 'hardware',
      })),
    },
    missing: missingParts(probe, node),
  };
}

function forPeople({ node, cores, backend, webasm, webgpu, missing }: Diagnosis): string {
  const adapters = webgpu.adapters.map(
    ({ name, description, kind }) => `  adapter ${name}${description === '' ? '' : ` (${description})`}, ${kind}`,
  );
  const used = backend.selected ?? 'none: the gpu subject is skipped';
  return [
    `Node         ${node.version} (${node.ok ? 'good' : 'too old'}: ${node.required} is required), ${cores} cores`,
    `WebAssembly  ${webasm.available ? 'found' : 'not found'}`,
    `WebGPU       ${webgpu.available ? `module found, ${webgpu.adapters.length} adapters` : 'not found'}`,
    ...adapters,
    `gpu subject  ${used} (LEMMATA_BACKEND: ${backend.choice})`,
    ...(missing.length === 0 ? ['Nothing is missing.'] : ['', 'Missing:']),
    ...missing.flatMap(({ what, how }) => [`  ${what}`, `    ${how}`]),
  ].join('\n');
}

/** `lemmata doctor`. */
export async function doctorCommand({ format }: { readonly format: Format }): Promise<CommandResult> {
  const diagnosis = await diagnose();
  return { text: `${format === 'json' ? jsonLine(diagnosis) : forPeople(diagnosis)}\n`, exit: 0 };
}
