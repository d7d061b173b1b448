import { RefusedError } from '../../contract/result.ts';
import type { Clock } from '../clock.ts';
import { isProcessAlive, readHostFile, type HostFile } from '../web/host-file.ts';
import type { CliParts, Door } from './command.ts';
import { valueOf } from './value-of.ts';

/** How long a host that starts or ends may take before a command gives up. */
const commandPatienceMs = 10_000;

/** The same before another host gives up: many that start at once on a slow machine hold one another up. */
const hostPatienceMs = 30_000;
const lookAgainMs = 100;

function pause(clock: Clock, lengthMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(lengthMs, resolve);
  });
}

/** The host that lives on a data folder and answers, or null. */
export async function livingHost(dataFolder: string): Promise<HostFile | null> {
  const host = readHostFile(dataFolder);
  if (host === null || !isProcessAlive(host.pid)) return null;
  const { answers } = await import('./host-door.ts');
  return (await answers(host)) ? host : null;
}

/**
 * Takes the lead for `compose`, or finds the host that has it. A host that is just starting, or
 * another command, is waited for.
 *
 * @throws RefusedError `not-leader` where someone leads and isn't to be found for so long.
 */
export async function hostOr<T>(
  dataFolder: string,
  clock: Clock,
  compose: () => Promise<T>,
  patienceMs: number = hostPatienceMs,
): Promise<{ readonly host: HostFile } | { readonly composed: T }> {
  const untilMs = clock.monotonic() + patienceMs;
  for (;;) {
    const host = await livingHost(dataFolder);
    if (host !== null) return { host };
    try {
      return { composed: await compose() };
    } catch (error) {
      const led = error instanceof RefusedError && error.code === 'not-leader';
      if (!led || clock.monotonic() >= untilMs) throw error;
    }
    await pause(clock, lookAgainMs);
  }
}

function ownDoor(app: Awaited<ReturnType<CliParts['compose']>>): Door {
  return {
    host: null,
    call: async (name, input) => valueOf(await app.calls.call(name, input)),
    subscribe: (onEvent) => Promise.resolve(app.changes.subscribe(onEvent)),
    close: () => app.stop(),
  };
}

/** The door to a data folder: through the living host, or by the app composed for this command. */
export async function openDoor(parts: CliParts, dataFolder: string): Promise<Door> {
  const compose = (): ReturnType<CliParts['compose']> => parts.compose('command', dataFolder);
  const found = await hostOr(dataFolder, parts.clock, compose, commandPatienceMs);
  if ('composed' in found) return ownDoor(found.composed);
  const { hostDoor } = await import('./host-door.ts');
  return hostDoor(found.host);
}
