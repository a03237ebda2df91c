import type { BackendChoice } from './backend.ts';
import { loadGpuJs } from './gpujs.ts';
import { backendChoice } from './select-backend.ts';
import { type AdapterInfo, type AdapterRequest, describeAdapter, loadWebGpu } from './webgpu.ts';

/** What `lemmata doctor` prints: what is here, and how to get what is not. */
export interface BackendProbe {
  readonly node: string;
  /** What LEMMATA_BACKEND asks for. */
  readonly choice: BackendChoice;
  /** The backend that would be opened, or null where the asked one is missing. */
  readonly selected: 'webasm' | 'webgpu' | null;
  readonly webasm: { readonly available: boolean; readonly remedy?: string };
  readonly webgpu: {
    /** The package loads, and so does what it needs from the system; an adapter may still be missing. */
    readonly available: boolean;
    readonly adapters: readonly AdapterInfo[];
    readonly problem?: string;
    readonly remedy?: string;
  };
}

const INSTALL_MODULE = 'npm install webgpu@0.6.2';
const INSTALL_DRIVER =
  'install a graphics driver with Vulkan (Linux: libvulkan1 and the driver of the card; in software: mesa-vulkan-drivers >= 25, or SwiftShader by VK_ICD_FILENAMES)';

/** The native module 0.6.2 is linked against these (measured on its Linux binary). */
const UPDATE_SYSTEM = 'use a system with glibc >= 2.34 and libstdc++ >= GLIBCXX_3.4.30, and webgpu@0.6.2';

function remedyFor(problem: string): string {
  if (problem.includes('not installed')) return INSTALL_MODULE;
  return problem.includes('does not load') ? UPDATE_SYSTEM : INSTALL_DRIVER;
}

/** Requests that together reach every adapter which Dawn offers on common machines. */
const REQUESTS: readonly AdapterRequest[] = [
  { powerPreference: 'high-performance' },
  { powerPreference: 'low-power' },
  { forceFallbackAdapter: true },
];

async function probeWebGpu(): Promise<BackendProbe['webgpu']> {
  const entry = await loadWebGpu();
  if (typeof entry === 'string') {
    return { available: false, adapters: [], problem: entry, remedy: remedyFor(entry) };
  }
  const found = await Promise.all(REQUESTS.map((request) => entry.requestAdapter(request)));
  const described = found.flatMap((adapter) => (adapter === null ? [] : [describeAdapter(adapter)]));
  const adapters = [...new Map(described.map((adapter) => [JSON.stringify(adapter), adapter])).values()];
  if (adapters.length > 0) return { available: true, adapters };
  return { available: true, adapters, problem: 'no adapter', remedy: INSTALL_DRIVER };
}

/** Looks for the backends of this machine; opens none and keeps no process alive. */
export async function probeBackends(): Promise<BackendProbe> {
  const choice = backendChoice();
  const webgpu = await probeWebGpu();
  const supported = (await loadGpuJs()).GPU.isWebAssemblySupported;
  const webasm = supported ? { available: true } : { available: false, remedy: 'use Node 20.19 or newer' };
  const [first] = webgpu.adapters;
  const wantsGpu =
    choice === 'webgpu' ? first !== undefined : choice === 'auto' && first !== undefined && !first.software;
  const fallback = choice !== 'webgpu' && supported ? 'webasm' : null;
  return { node: process.version, choice, selected: wantsGpu ? 'webgpu' : fallback, webasm, webgpu };
}
