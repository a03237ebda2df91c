/** What a WebGPU adapter says about itself (GPUAdapterInfo). */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** The name to print, such as `google/swiftshader`. */
  readonly name: string;
  /** Computed by the CPU: SwiftShader, llvmpipe, WARP. */
  readonly software: boolean;
}

interface Adapter {
  readonly info: { readonly [field in 'vendor' | 'architecture' | 'device' | 'description']?: string } & {
    readonly isFallbackAdapter?: boolean;
  };
  readonly isFallbackAdapter?: boolean;
}

export interface AdapterRequest {
  readonly powerPreference?: 'high-performance' | 'low-power';
  readonly forceFallbackAdapter?: boolean;
}

export interface WebGpuEntry {
  requestAdapter(request?: AdapterRequest): Promise<Adapter | null>;
}

interface WebGpuModule {
  create(options: readonly string[]): WebGpuEntry;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** A variable: the package is optional, and its declarations contradict those of TypeScript's own DOM library. */
const WEBGPU: string = 'webgpu';

/** Where a machine has several adapters, the fast one; asked for in one way, so that what is described is what runs. */
const FASTEST: AdapterRequest = { powerPreference: 'high-performance' };

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|warp/i;

export function describeAdapter({ info, isFallbackAdapter }: Adapter): AdapterInfo {
  const [vendor, architecture] = [info.vendor ?? '', info.architecture ?? ''];
  const description = info.description || info.device || '';
  const name = [vendor, architecture].filter((part) => part !== '').join('/') || description || 'unnamed adapter';
  const fallback = info.isFallbackAdapter === true || isFallbackAdapter === true;
  return { vendor, architecture, description, name, software: fallback || SOFTWARE.test(`${name} ${description}`) };
}

/**
 * Whether Linux finds the Vulkan loader. Dawn would write a warning to stderr where it does not; loading the library as an addon
 * fails either way, but with another message where it is there.
 */
function lacksVulkan(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
  } catch (error) {
    return error instanceof Error && error.message.includes('cannot open shared object file');
  }
  return false;
}

let loading: Promise<WebGpuEntry | string> | undefined;

async function load(): Promise<WebGpuEntry | string> {
  try {
    const { create, globals } = (await import(WEBGPU)) as WebGpuModule;
    if (lacksVulkan()) return 'no Vulkan loader (libvulkan.so.1)';
    Object.assign(globalThis, globals);
    return create([]);
  } catch (error) {
    if (!(error instanceof Error)) return `the package webgpu does not load: ${String(error)}`;
    const missing = 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
    if (missing) return 'the optional package webgpu is not installed';
    return `the package webgpu does not load: ${error.message.split('\n')[0]}`;
  }
}

/** Dawn's entry point, or in words why it cannot be had. Once a process: Dawn is a native module. */
export function loadWebGpu(): Promise<WebGpuEntry | string> {
  loading ??= load();
  return loading;
}

/**
 * Makes `navigator.gpu` what gpu.js looks for; returns the undoing.
 * Node has a `navigator` with a getter from version 21 on, so the property is defined, not assigned.
 */
function installNavigator(entry: WebGpuEntry): () => void {
  const former = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  const gpu = { requestAdapter: () => entry.requestAdapter(FASTEST) };
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true, writable: true });
  return () => {
    if (former === undefined) Reflect.deleteProperty(globalThis, 'navigator');
    else Object.defineProperty(globalThis, 'navigator', former);
  };
}

/** Puts WebGPU where gpu.js finds it, or says in words why there is none. */
export async function bootWebGpu(): Promise<{ readonly adapter: AdapterInfo; uninstall(): void } | string> {
  const entry = await loadWebGpu();
  if (typeof entry === 'string') return entry;
  const adapter = await entry.requestAdapter(FASTEST);
  if (adapter === null)
    return 'the package webgpu finds no adapter (a graphics driver with Vulkan, Metal or Direct3D 12)';
  return { adapter: describeAdapter(adapter), uninstall: installNavigator(entry) };
}
