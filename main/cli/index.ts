#!/usr/bin/env node
import process from 'node:process';
import { nodeFault } from './node-version.ts';

const fault = nodeFault(process.versions.node);
if (fault === null) {
  const [{ runCli }, { nodeParts }] = await Promise.all([
    import('./run-cli.ts'),
    import('./node-parts.ts'),
  ]);
  process.exitCode = await runCli(process.argv.slice(2), nodeParts());
} else {
  process.stderr.write(`${fault}\n`);
  process.exitCode = 1;
}
