import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADAPTERS } from './conversation.ts';

const PYTHON = join(ADAPTERS, 'python');
const isHere = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!isHere)(isHere ? 'check_vectors.py' : 'check_vectors.py (no python3 here)', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lemmata-vectors-'));
    const mine = `
from standard_library import gluon_step_size, sgd_momentum
def refuses(**fields):
    raise ValueError("no")
def other_shape(**fields):
    return {"value": [0.75]}
def no_number(**fields):
    return {"value": float("nan")}
`;
    writeFileSync(join(folder, 'mine.py'), mine);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const gluon = { input: { gradientNorm: 3, l0: 1, l1: 1 }, output: { value: 0.75 } };
  const sgd = {
    input: {
      parameters: [[[0]]],
      hyperparameters: { learningRate: 1, momentum: 0.5, nesterov: false },
      gradients: [[[[1]]], [[[1]]]],
    },
    output: { trajectory: [[[[-1]]], [[[-2.5]]]] },
  };
  const check = (subject: string, file: object, vectors: readonly object[], ...precision: readonly string[]) => {
    const obligation = { float64: 'must', float32: 'must' };
    const defaults = { comment: 'why', flags: ['flag'], obligation, errorBound: { float64: 0.25, float32: 1 } };
    const suite = {
      compare: 'entries',
      ...file,
      vectors: vectors.map((vector, i) => ({ id: i + 1, ...defaults, ...vector })),
    };
    writeFileSync(join(folder, 'suite.json'), JSON.stringify(suite));
    const script = join(PYTHON, 'check_vectors.py');
    const { status, stdout } = spawnSync('python3', [script, 'suite.json', `mine:${subject}`, ...precision], {
      cwd: folder,
      env: {
        ...process.env,
        PYTHONPATH: [folder, PYTHON, join(PYTHON, 'examples')].join(':'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      encoding: 'utf8',
    });
    return { status, lines: stdout.trim().split('\n') };
  };
  const GLUON = { operation: 'gluon-step-size', kind: 'function' };
  const SGD = { operation: 'sgd-momentum', kind: 'optimiser' };

  it('passes what is within the bound', () => {
    const near = { ...gluon, output: { value: 1 } };
    expect(check('gluon_step_size', GLUON, [gluon, near])).toEqual({
      status: 0,
      lines: ['gluon-step-size: 2 vectors checked: 0 musts failed'],
    });
    expect(check('sgd_momentum', SGD, [sgd])).toEqual({
      status: 0,
      lines: ['sgd-momentum: 1 vectors checked: 0 musts failed'],
    });
  });

  it('names what is not, in units of the bound of the precision', () => {
    const far = { ...gluon, output: { value: 1.25 } };
    expect(check('gluon_step_size', GLUON, [gluon, far])).toEqual({
      status: 1,
      lines: ['2 flag must why 2.0', 'gluon-step-size: 2 vectors checked: 1 musts failed'],
    });
    expect(check('gluon_step_size', GLUON, [far], 'float32').status).toBe(0);
    const second = { ...sgd, output: { trajectory: [[[[-1]]], [[[-2]]]] } };
    expect(check('sgd_momentum', SGD, [second]).lines[0]).toBe('1 flag must why 2.0');
  });

  it('tells a failed should without failing', () => {
    const should = { ...gluon, obligation: { float64: 'should' }, output: { value: 1.25 } };
    expect(check('gluon_step_size', GLUON, [should])).toEqual({
      status: 0,
      lines: ['1 flag should why 2.0', 'gluon-step-size: 1 vectors checked: 0 musts failed'],
    });
  });

  it.each([
    ['refuses', "1 flag must why: ValueError('no') inf"],
    ['other_shape', '1 flag must why inf'],
    ['no_number', '1 flag must why inf'],
  ])('counts what %s as a wrong value', (subject, line) => {
    const { status, lines } = check(subject, GLUON, [gluon]);
    expect([status, lines[0]]).toEqual([1, line]);
  });

  it.each([
    ['sgd-momentum', 'sgd_momentum'],
    ['gluon-step-size', 'gluon_step_size'],
  ])('passes the shipped vectors of %s by plain Python', (operation, subject) => {
    const path = resolve(ADAPTERS, `../reports/vectors/${operation}.v1.json`);
    const suite = JSON.parse(readFileSync(path, 'utf8')) as { readonly vectors: readonly object[] };
    expect(check(subject, suite, suite.vectors)).toEqual({
      status: 0,
      lines: [`${operation}: ${suite.vectors.length} vectors checked: 0 musts failed`],
    });
    // and sees what is wrong
    expect(check('other_shape', suite, suite.vectors).status).toBe(1);
  });

  it('says that it skips what is not unique', () => {
    expect(check('refuses', { ...GLUON, operation: 'lmo', compare: 'defining-quantities' }, [gluon])).toEqual({
      status: 0,
      lines: ['lmo: 1 vectors skipped: not unique'],
    });
  });
});
