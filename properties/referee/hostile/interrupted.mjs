// Asks a process that leaves a child behind, says so, and waits for a signal; arguments: the bundle of processPeer, the command.
const [, , bundle, ...command] = process.argv;
const { processPeer } = await import(bundle);

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
const peer = processPeer(command, { timeoutMilliseconds: 30_000 });
await peer.ask({ op: 'call', operation: 'session-stays', input: {} });
process.stdout.write('ready\n');
