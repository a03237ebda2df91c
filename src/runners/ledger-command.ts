import { runLedger } from './run-ledger.ts';

// `npm run ledger -- FILE`: a command of the repository, not of the package.
const { code, stdout, stderr } = await runLedger(process.argv.slice(2));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
