import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bringUpToDate, type GeneratedFolder, staleIn } from '../../src/runners/report/generated.ts';
import { foldersOf, placesFor } from '../../src/runners/report/places.ts';
import { GENERATED } from '../../src/runners/report/settings.ts';
import { writeFile } from '../../src/runners/write-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lemmata-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const generated = (files: Readonly<Record<string, string>>): GeneratedFolder => ({
  folder,
  files: new Map(Object.entries(files)),
});
const page = `<!-- ${GENERATED} -->\nfirst\n`;
const named = (paths: readonly string[]): readonly string[] => paths.map((path) => path.slice(folder.length + 1));

describe('generated files', () => {
  it('are stale where missing, current once written', () => {
    const wanted = generated({ 'a.md': page, 'x/b.json': `{"generated":"${GENERATED}"}` });
    expect(named(staleIn(wanted))).toEqual(['a.md', 'x/b.json']);
    bringUpToDate(wanted);
    expect(staleIn(wanted)).toEqual([]);
    expect(readFileSync(join(folder, 'a.md'), 'utf8')).toBe(page);
  });

  it('are stale where a byte differs', () => {
    const wanted = generated({ 'a.md': page });
    bringUpToDate(wanted);
    writeFileSync(join(folder, 'a.md'), page.replace('first', 'First'));
    expect(named(staleIn(wanted))).toEqual(['a.md']);
  });

  it('are removed where superfluous, with the folder that they leave empty; what others wrote stays', () => {
    bringUpToDate(generated({ 'a.md': page, 'old/b.md': page }));
    writeFileSync(join(folder, 'speed.md'), 'by hand\n');
    const wanted = generated({ 'a.md': page });
    expect(named(staleIn(wanted))).toEqual(['old/b.md']);
    bringUpToDate(wanted);
    expect(readdirSync(folder).sort()).toEqual(['a.md', 'speed.md']);
  });

  it.each(['reports', 'elsewhere'])('are current once written to a folder %s', (name) => {
    const contents = {
      reports: new Map([['tightness.md', page]]),
      counterexamples: new Map([['README.md', page]]),
    };
    const folders = foldersOf(placesFor(join(folder, name)), contents);
    folders.forEach(bringUpToDate);
    expect(folders.flatMap(staleIn)).toEqual([]);
    const other = name === 'reports' ? 'counterexamples/README.md' : 'elsewhere/counterexamples/README.md';
    expect(existsSync(join(folder, other))).toBe(true);
    expect(existsSync(join(folder, name, 'tightness.md'))).toBe(true);
  });

  it('leave the former file and nothing beside it where writing fails', () => {
    const blocked = join(folder, 'a.md', 'inner.md');
    writeFile(join(folder, 'a.md'), page);
    expect(() => writeFile(blocked, page)).toThrow();
    expect(readdirSync(folder)).toEqual(['a.md']);
    expect(existsSync(blocked)).toBe(false);
  });
});
