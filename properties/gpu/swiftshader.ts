import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

/** SwiftShader, a Vulkan driver that computes on the CPU, as the npm package of a browser for servers ships it (Linux, x64). */
const ARCHIVE = fileURLToPath(
  new URL('../../node_modules/@sparticuz/chromium/bin/swiftshader.tar.br', import.meta.url),
);
const WANTED = ['libvulkan.so.1', 'libvk_swiftshader.so', 'vk_swiftshader_icd.json'];
const BLOCK = 512;

/** Why software WebGPU cannot run here, or undefined. */
export function lacksSwiftShader(): string | undefined {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return `SwiftShader for Linux x64, got ${process.platform} ${process.arch}`;
  return existsSync(ARCHIVE) ? undefined : 'the development package @sparticuz/chromium is not installed';
}

/** Unpacks the driver into a fresh folder; the loader reads both variables only at the start of a process. */
export function unpackSwiftShader() {
  const folder = mkdtempSync(join(tmpdir(), 'lemmata-swiftshader-'));
  const archive = brotliDecompressSync(readFileSync(ARCHIVE));
  const text = (from: number, to: number) => archive.toString('latin1', from, to).replace(/\0.*$/s, '');
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const name = text(at, at + 100).replace(/^\.\//, '');
    const size = Number.parseInt(text(at + 124, at + 136) || '0', 8);
    const body = at + BLOCK;
    if (WANTED.includes(name)) writeFileSync(join(folder, name), archive.subarray(body, body + size), { mode: 0o755 });
    at = body + Math.ceil(size / BLOCK) * BLOCK;
  }
  const env = { VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'), LD_LIBRARY_PATH: folder };
  return { env, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
