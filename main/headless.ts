import process from 'node:process';
import { nodeFault } from './cli/node-version.ts';

const fault = nodeFault(process.versions.node);
if (fault === null) {
  const [{ runCli }, { nodeParts }] = await Promise.all([
    import('./cli/run-cli.ts'),
    import('./cli/node-parts.ts'),
  ]);
  process.exitCode = await runCli(['serve', ...process.argv.slice(2)], nodeParts());
} else {
  process.stderr.write(`${fault}\n`);
  process.exitCode = 1;
}
