import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, loadavg, type } from 'node:os';
import process from 'node:process';

/** What a run ran on, as the first lines of a report. */
export interface Machine {
  readonly processors: string;
  readonly memoryGiB: number;
  readonly system: string;
  readonly loadBefore: number;
  readonly node: string;
  readonly v8: string;
  readonly icu: string;
  readonly zoneData: string;
  readonly processZone: string;
  readonly packages: Readonly<Record<string, string>>;
}

function versionOf(name: string): string {
  const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
  return version;
}

/** The machine as it is now, with the versions of what takes part. */
export function describeMachine(packages: readonly string[]): Machine {
  const processors = cpus();
  const { versions } = process;
  return {
    processors: `${String(processors.length)} × ${processors[0]?.model ?? 'unknown'}`,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${process.arch}`,
    loadBefore: loadavg()[0] ?? 0,
    node: versions.node,
    v8: versions.v8,
    icu: versions['icu'] ?? 'none',
    zoneData: versions['tz'] ?? 'unknown',
    processZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    packages: Object.fromEntries(packages.map((name) => [name, versionOf(name)])),
  };
}

/** The machine in three lines. */
export function machineText(machine: Machine): string {
  const packages = Object.entries(machine.packages).map((entry) => entry.join(' '));
  return [
    `${machine.processors}, ${String(machine.memoryGiB)} GiB, ${machine.system}, load ${machine.loadBefore.toFixed(1)}`,
    `Node ${machine.node} (V8 ${machine.v8}, ICU ${machine.icu}, zone data ${machine.zoneData}), process in ${machine.processZone}`,
    packages.join(', '),
  ].join('\n');
}
