import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { aFolder } from '../builders.ts';
import type { FastWorld } from './fast-clock.ts';
import {
  launchChaosHost,
  untilGone,
  type ChaosHost,
  type ChaosOptions,
  type StartedHost,
} from './host.ts';
import { faultsOf } from './invariants.ts';
import { chaosSchedules, worldBegins } from './schedules.ts';
import { chaosSite, type ChaosSite } from './site.ts';

/** How long a host may take until it answers, also after a crash. */
export const backWithinMs = 5_000;

/** A data folder, a site, and hosts that come and go. */
export interface ChaosWorld {
  readonly folder: string;
  readonly site: ChaosSite;
  /** Starts a host, up or not. */
  launch(options?: ChaosOptions): StartedHost;
  /** Starts a host and waits until it answers: within 5 s, and without a child of its predecessor left. */
  back(options?: ChaosOptions): Promise<ChaosHost>;
  /** Adds the schedules by a host that lives. */
  fill(host: ChaosHost): Promise<void>;
  /** Fails where the ledger doesn't add up, or the living host finds a run that nobody carries out. */
  check(host?: ChaosHost): Promise<void>;
  /** Kills what is left, then lets go of the folder, which is kept where the test has failed. */
  tidy(failed: boolean, letGo?: () => void): Promise<void>;
}

/** A new world, by default 20 times as fast as the real one. */
export async function chaosWorld(speed = 20): Promise<ChaosWorld> {
  const temporary = aFolder();
  const folder = path.join(temporary.path, 'data');
  mkdirSync(folder);
  const world: FastWorld = { speed, beganAtMs: Date.now(), wallMs: worldBegins };
  const site = await chaosSite();
  const started: StartedHost[] = [];

  const launch = (options: ChaosOptions = {}): StartedHost => {
    const host = launchChaosHost(folder, world, options);
    started.push(host);
    return host;
  };
  /** The children of hosts that are gone, each told once: in a long run their numbers are given again. */
  const orphans = (): readonly number[] =>
    started
      .filter(({ process: { exitCode, signalCode } }) => exitCode !== null || signalCode !== null)
      .flatMap(({ children }) => children.splice(0));

  return {
    folder,
    site,
    launch,
    back: async (options) => {
      const host = await launch(options).up;
      expect(host.backAfterMs, 'back within 5 s').toBeLessThan(backWithinMs);
      await untilGone(orphans(), 5_000);
      return host;
    },
    fill: async (host) => {
      const text = JSON.stringify({ jackdaw: 1, schedules: chaosSchedules(site.url) });
      await host.call('importFile', { text });
    },
    check: async (host) => {
      expect(faultsOf(folder)).toEqual([]);
      if (host === undefined) return;
      const { checks } = await host.call('runDoctor', { ledger: true });
      expect(checks.filter(({ check, ok }) => check === 'ledger' && !ok)).toEqual([]);
    },
    tidy: async (failed, letGo = () => undefined) => {
      for (const { process: child } of started) child.kill('SIGKILL');
      await Promise.all(started.map(({ gone }) => gone));
      await untilGone(orphans(), 5_000);
      await site.stop();
      letGo();
      if (failed) console.log(`The data folder of the failed test is kept: ${folder}`);
      else temporary.remove();
    },
  };
}
