/** `npm run -s jackdaw -- …`: the command line in a checkout. Silent but for what the command says. */
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './lib/build.mjs';
import { at, requireNode } from './lib/checkout.mjs';

requireNode();
if (await ensureBuilt()) {
  const entry = at('out', 'main', 'cli.js');
  process.argv = [process.execPath, entry, ...process.argv.slice(2)];
  await import(pathToFileURL(entry).href);
} else {
  process.exitCode = 1;
}
