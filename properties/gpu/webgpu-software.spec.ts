import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BackendProbe } from '../../src/kernels/gpu/probe-backends.ts';
import { lacksSwiftShader, unpackSwiftShader } from './swiftshader.ts';
import type { Comparison } from './twin-checks.ts';

interface Report {
  readonly probe: BackendProbe;
  readonly backend: {
    readonly mode: string;
    readonly label: string;
    readonly hardware: boolean;
    readonly bitExact: boolean;
  };
  readonly comparisons: readonly Comparison[];
}

/** Whether the system itself has a Vulkan loader; loading it as an addon fails in either case, but differently. */
function hasVulkanLoader(): boolean {
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1');
  } catch (error) {
    return !(error instanceof Error && error.message.includes('cannot open shared object file'));
  }
  return true;
}

const missing = lacksSwiftShader();
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Software WebGPU proves the calls, the translation to WGSL and the readback. It says nothing about a real GPU's numerics or speed. */
describe.skipIf(missing !== undefined)(
  `SOFTWARE WebGPU (SwiftShader)${missing === undefined ? '' : `, skipped: ${missing}`}`,
  () => {
    let driver: ReturnType<typeof unpackSwiftShader>;
    let folder: string;
    beforeAll(async () => {
      driver = unpackSwiftShader();
      // In node_modules, so that the child finds gpu.js and webgpu.
      folder = mkdtempSync(join(root, 'node_modules', '.lemmata-child-'));
      await build({
        entryPoints: [join(root, 'properties/gpu/software-child.ts')],
        outfile: join(folder, 'child.mjs'),
        bundle: true,
        platform: 'node',
        format: 'esm',
        target: 'node20',
      });
    });
    afterAll(() => {
      driver.remove();
      rmSync(folder, { recursive: true, force: true });
    });

    function child(env: Readonly<Record<string, string>>, ...words: string[]) {
      return spawnSync(process.execPath, [join(folder, 'child.mjs'), ...words], {
        env: { ...process.env, ...driver.env, ...env },
        encoding: 'utf8',
        timeout: 50_000,
      });
    }

    test.each(['close', 'leave'])(
      'every twin equals its float32 reference bit for bit, and the process ends by itself (%s)',
      (ending) => {
        const { status, signal, stdout, stderr } = child({ LEMMATA_BACKEND: 'webgpu' }, ending);
        expect({ status, signal, stderr }).toEqual({ status: 0, signal: null, stderr: '' });
        const { backend, probe, comparisons } = JSON.parse(stdout) as Report;
        expect(backend).toEqual({
          mode: 'webgpu',
          label: 'webgpu: google/swiftshader (SOFTWARE)',
          hardware: false,
          bitExact: true,
        });
        expect(probe.selected).toBe('webgpu');
        expect(probe.webgpu.adapters).toMatchObject([{ name: 'google/swiftshader', software: true }]);
        expect(comparisons.filter(({ entries }) => entries > 0).length).toBeGreaterThan(30);
        expect(comparisons.filter(({ mismatches, worst = 0 }) => mismatches > 0 || worst > 1)).toEqual([]);
      },
    );

    test('auto passes the software adapter by', () => {
      const { status, stdout, stderr } = child({ LEMMATA_BACKEND: 'auto' }, 'leave');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const { backend, probe } = JSON.parse(stdout) as Report;
      expect(backend.mode).toBe('webasm');
      expect(probe.selected).toBe('webasm');
    });

    test.skipIf(hasVulkanLoader())(
      'without a Vulkan loader webgpu is refused with the reason, and Dawn warns nobody',
      () => {
        const { status, stdout, stderr } = child({ LEMMATA_BACKEND: 'webgpu', LD_LIBRARY_PATH: '/nowhere' });
        expect(status).toBe(1);
        expect(stdout).toBe('');
        expect(stderr).toMatch(/BackendUnavailable: webgpu: an adapter, got none: no Vulkan loader/);
        expect(stderr).not.toMatch(/Warning/);
      },
    );
  },
);
