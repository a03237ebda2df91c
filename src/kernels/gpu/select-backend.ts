import { type ArrayBackend, type BackendChoice, BackendUnavailable } from './backend.ts';
import { loadGpuJs } from './gpujs.ts';
import { openBackend } from './open-backend.ts';
import { bootWebGpu } from './webgpu.ts';

/** WebAssembly memory ends at 2^32 bytes, of which all arrays of a call take their part; an eighth for one of them. */
const WEBASM_LARGEST_ARRAY = 2 ** 29;

const CHOICES: readonly BackendChoice[] = ['auto', 'webasm', 'webgpu'];

/** The backend named by the environment variable LEMMATA_BACKEND. @throws RangeError for another word. */
export function backendChoice(word: string | undefined = process.env.LEMMATA_BACKEND): BackendChoice {
  if (word === undefined || word === '') return 'auto';
  const choice = CHOICES.find((known) => known === word);
  if (choice === undefined) throw new RangeError(`LEMMATA_BACKEND: ${CHOICES.join(', ')}, got ${JSON.stringify(word)}`);
  return choice;
}

async function openWebAssembly(): Promise<ArrayBackend> {
  const gpuJs = await loadGpuJs();
  if (!gpuJs.GPU.isWebAssemblySupported)
    throw new BackendUnavailable('webasm: WebAssembly with SIMD, got a Node without it');
  return openBackend(gpuJs, {
    mode: 'webasm',
    label: 'webasm: WebAssembly f32x4 (CPU)',
    hardware: false,
    largestArray: WEBASM_LARGEST_ARRAY,
    close: async () => undefined,
  });
}

/** WebGPU, or in words why not; software adapters are let in only where `software` is 'allowed'. */
async function openWebGpu(software: 'allowed' | 'refused'): Promise<ArrayBackend | string> {
  const boot = await bootWebGpu();
  if (typeof boot === 'string') return boot;
  const { adapter, uninstall } = boot;
  if (adapter.software && software === 'refused') {
    uninstall();
    return `the adapter ${adapter.name} is software`;
  }
  const gpuJs = await loadGpuJs();
  const context = await gpuJs.WebGPUContext.acquire().catch((error: unknown) => String(error));
  if (typeof context === 'string') {
    uninstall();
    return `the adapter ${adapter.name} gives no device: ${context}`;
  }
  const { device } = context;
  const { maxStorageBufferBindingSize = 0, maxBufferSize = 0 } = device.limits;
  return openBackend(gpuJs, {
    mode: 'webgpu',
    label: `webgpu: ${adapter.name} (${adapter.software ? 'SOFTWARE' : 'hardware'})`,
    hardware: !adapter.software,
    largestArray: Math.min(maxStorageBufferBindingSize, maxBufferSize),
    close: async () => {
      await gpuJs.WebGPUContext.destroy();
      uninstall();
    },
  });
}

/**
 * Opens a backend of one's own. `auto` is WebGPU where there is an adapter that is no software, else WebAssembly.
 * @throws BackendUnavailable where the asked backend does not exist here.
 */
export async function createBackend(choice: BackendChoice): Promise<ArrayBackend> {
  if (choice === 'webasm') return openWebAssembly();
  const opened = await openWebGpu(choice === 'auto' ? 'refused' : 'allowed');
  if (typeof opened !== 'string') return opened;
  if (choice === 'auto') return openWebAssembly();
  throw new BackendUnavailable(`webgpu: an adapter, got none: ${opened}`);
}

let shared: Promise<ArrayBackend> | undefined;

/** The backend of this process, opened at the first call as LEMMATA_BACKEND says. It keeps no process alive. */
export function arrayBackend(): Promise<ArrayBackend> {
  if (shared === undefined) {
    const opening = (async () => createBackend(backendChoice()))();
    shared = opening;
    opening.catch(() => {
      if (shared === opening) shared = undefined;
    });
  }
  return shared;
}

/** Disposes of the backend of this process; the next `arrayBackend()` opens a new one. */
export async function closeArrayBackend(): Promise<void> {
  const closing = shared;
  shared = undefined;
  if (closing !== undefined) await (await closing).dispose();
}
