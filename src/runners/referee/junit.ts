import { create } from 'xmlbuilder';
import { jsonLine } from '../json-text.ts';
import { type ImplementationReport, type ReportedFinding, tokenOf } from './report-types.ts';
import { replayLine } from './text.ts';
import { sentence, tallyInWords } from './words.ts';

/** Characters that XML 1.0 has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
const plain = (text: string): string => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');

const counts = ({ trial, accepted }: ReportedFinding): boolean => trial.obligation === 'must' && accepted === undefined;

/** JUnit XML: a suite an implementation, a case an operation; what is not offered is skipped. No times, so that equal runs are equal files. */
export function judgeJunit(reports: readonly ImplementationReport[]): string {
  const root = create('testsuites', { encoding: 'UTF-8' });
  for (const { implementation, command, operations } of reports) {
    const name =
      implementation.name === ''
        ? command
        : `${implementation.name} ${implementation.version} ${implementation.precision}`;
    const suite = root.ele('testsuite', {
      name: plain(name),
      tests: operations.length,
      failures: operations.filter(({ verdict }) => verdict === 'differs').length,
      errors: operations.filter(({ verdict }) => verdict === 'broken').length,
      skipped: operations.filter(({ verdict }) => verdict === 'unsupported').length,
    });
    for (const operation of operations) {
      const entry = suite.ele('testcase', { classname: plain(implementation.name), name: operation.id });
      if (operation.verdict === 'unsupported') entry.ele('skipped', { message: 'not offered' });
      for (const finding of operation.findings.filter(counts)) {
        const { input, outcome } = finding.trial;
        const token = tokenOf(operation.id, finding);
        const kind = outcome.kind === 'broken' ? 'error' : 'failure';
        const message = plain(sentence(operation.id, finding));
        const text = `${jsonLine(input)}${token === '' ? '' : `\n${replayLine(command, token)}`}`;
        entry.ele(kind, { message, type: outcome.kind }, plain(text));
      }
      entry.ele('system-out', {}, plain(tallyInWords(operation)));
    }
  }
  return `${root.end({ pretty: true })}\n`;
}
