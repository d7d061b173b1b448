import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/clock.ts';
import { busSocket, hasBusOwner } from '../../../main/desktop/session-bus.ts';
import { findTrayPlace } from '../../../main/desktop/tray-place.ts';
import { aFolder } from '../../support/builders.ts';
import { fakeSessionBus } from '../../support/fake-session-bus.ts';
import { virtualClock } from '../../support/virtual-clock.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const ends: (() => void | Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe('desktop/session-bus', () => {
  it('reads the socket out of an address, escaped and abstract ones too', () => {
    expect(busSocket('unix:path=/run/user/1000/bus,guid=12')).toBe('/run/user/1000/bus');
    expect(busSocket('tcp:host=localhost;unix:guid=1,path=/tmp/a%20bus')).toBe('/tmp/a bus');
    expect(busSocket('unix:abstract=/tmp/dbus-1')).toBe('\0/tmp/dbus-1');
    expect(busSocket('launchd:env=DBUS')).toBeNull();
  });

  it('tells an owned name from one nobody owns', async () => {
    const bus = await fakeSessionBus(watcher);
    ends.push(bus.stop);
    const environment = { DBUS_SESSION_BUS_ADDRESS: bus.address };
    expect(await hasBusOwner(watcher, systemClock(), environment)).toBe(true);
    bus.owned.delete(watcher);
    expect(await hasBusOwner(watcher, systemClock(), environment)).toBe(false);
  });

  it('says no where there is no bus, and where nothing listens', async () => {
    const clock = systemClock();
    expect(await hasBusOwner(watcher, clock, {})).toBe(false);
    const gone = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent/bus' };
    expect(await hasBusOwner(watcher, clock, gone)).toBe(false);
  });

  it('gives up after 2 s on a bus that accepts and never answers', async () => {
    const folder = aFolder();
    const place = path.join(folder.path, 'bus');
    const reached = Promise.withResolvers<undefined>();
    const server = net.createServer((socket) => {
      socket.on('data', () => {
        reached.resolve(undefined);
      });
    });
    await new Promise<void>((resolve) => server.listen(place, resolve));
    ends.push(folder.remove, () => void server.close());
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const answer = hasBusOwner(watcher, clock, { DBUS_SESSION_BUS_ADDRESS: `unix:path=${place}` });
    await reached.promise;
    await clock.advance(2_000);
    expect(await answer).toBe(false);
  });

  it('speaks with a real bus', async ({ skip }) => {
    skip(!existsSync('/usr/bin/dbus-daemon'), 'there is no dbus-daemon here');
    const daemon = spawn('/usr/bin/dbus-daemon', ['--session', '--nofork', '--print-address'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    ends.push(() => void daemon.kill());
    const address = await new Promise<string>((resolve) => {
      createInterface({ input: daemon.stdout }).once('line', resolve);
    });
    const environment = { DBUS_SESSION_BUS_ADDRESS: address };
    expect(await hasBusOwner('org.freedesktop.DBus', systemClock(), environment)).toBe(true);
    expect(await hasBusOwner(watcher, systemClock(), environment)).toBe(false);
  });
});

describe.skipIf(process.platform !== 'linux')('desktop/tray-place', () => {
  it('finds a tray that comes after Jackdaw, as panels do at login', async () => {
    const bus = await fakeSessionBus();
    ends.push(bus.stop);
    const clock = virtualClock('2026-11-20T08:00:00Z');
    const found = Promise.withResolvers<undefined>();
    const environment = { DBUS_SESSION_BUS_ADDRESS: bus.address };
    const place = await findTrayPlace(clock, environment, () => {
      found.resolve(undefined);
    });
    ends.push(place.stop);
    expect(place.isThere()).toBe(false);
    bus.owned.add(watcher);
    await clock.advance(15_000);
    await found.promise;
    expect(place.isThere()).toBe(true);
  });
});
