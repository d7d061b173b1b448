import { afterEach, describe, expect, it } from 'vitest';
import type { ScheduleInput } from '../../../contract/schedule.ts';
import type { HostView } from '../../../contract/views.ts';
import { segmentAt } from '../../../main/schedule/offsets.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { readMeta, writeMeta } from '../../../main/store/meta.ts';
import type { SystemZones } from '../../../main/zones/system-zones.ts';
import { aSchedule } from '../../support/builders.ts';
import { aMove } from '../../support/fake-data.ts';
import { openTestApp, type TestApp, type TestAppOptions } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

const tz = process.versions['tz'] ?? '';
const minute = 60_000;
const day = 24 * 60 * minute;
const berlin = { at: '2026-11-20T08:00:00Z', zone: 'Europe/Berlin' };

let app: TestApp;

afterEach(async () => {
  await app.stop();
});

/** Three schedules that follow the computer, and two that don't. */
async function opened(options: TestAppOptions = {}): Promise<TestApp> {
  app = await openTestApp({ ...berlin, ...options });
  for (const id of ['a', 'b', 'c'])
    await app.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
  for (const [id, timezone] of [
    ['d', 'Asia/Tokyo'],
    ['e', 'Europe/Berlin'],
  ] as const)
    await app.call('saveSchedule', { schedule: aSchedule({ id, timezone }), create: true });
  return app;
}

/** Lets hours pass in steps of ten minutes, most of each asleep, on time for slots at full tens. */
async function pass(hours: number): Promise<void> {
  for (let step = 0; step < hours * 6; step += 1) {
    app.clock.sleep(8 * minute);
    await app.clock.advance(2 * minute);
  }
}

const host = async (): Promise<HostView> => (await app.call('getSnapshot', {})).host;
const zones = async (): Promise<HostView['zones']> => (await host()).zones;

/** Starts the app again, after a change to what its database remembers. */
async function restart(
  remembered: Readonly<Record<string, string>>,
  options: TestAppOptions = {},
): Promise<void> {
  const { folder, clock } = app;
  await app.app.stop();
  const db = openDatabase(folder);
  for (const [name, value] of Object.entries(remembered)) writeMeta(db, name, value);
  db.close();
  app = await openTestApp({ virtual: clock, dataFolder: folder, ...options });
  app.app.start();
}

describe('calls/zones, a move of this computer', () => {
  it('is noticed within a minute and said, with who follows', async () => {
    await opened();
    app.app.start();
    expect((await zones()).move).toBeNull();
    app.clock.moveTo('America/New_York');
    await app.clock.advance(minute);
    expect((await zones()).move).toEqual(aMove);
    const zoneOf = (await app.call('listSchedules', {})).map(({ timezone }) => timezone);
    expect(zoneOf).toEqual([
      'America/New_York',
      'America/New_York',
      'America/New_York',
      'Asia/Tokyo',
      'Europe/Berlin',
    ]);
  });

  it('is told to every window together with the new zone', async () => {
    await opened();
    app.app.start();
    const told: unknown[] = [];
    app.app.changes.subscribe((event) => {
      if (event.name === 'host') told.push([event.value.timezone, event.value.zones.move?.to]);
    });
    app.clock.moveTo('America/New_York');
    app.app.wake();
    expect(told).toEqual([['America/New_York', 'America/New_York']]);
  });

  it('stays said over a restart, until it is put away', async () => {
    await opened();
    app.app.start();
    app.clock.moveTo('America/New_York');
    await app.clock.advance(minute);
    const { move } = await zones();
    await restart({});
    expect((await zones()).move).toEqual(move);
    await app.call('dismissNotice', { notice: 'zone-move' });
    expect((await zones()).move).toBeNull();
    await restart({});
    expect((await zones()).move).toBeNull();
  });

  it('is noticed at the next start where Jackdaw didn’t run meanwhile', async () => {
    await opened();
    app.app.start();
    app.clock.moveTo('America/New_York');
    await app.app.stop();
    app = await openTestApp({ virtual: app.clock, dataFolder: app.folder });
    expect((await zones()).move).toBeNull();
    app.app.start();
    expect((await zones()).move).toMatchObject({ from: 'Europe/Berlin', to: 'America/New_York' });
    expect(app.lines.filter((line) => line === 'computer zone changed')).toHaveLength(1);
  });

  it('is not made of another name for the same zone', async () => {
    await opened({ zone: 'America/New_York' });
    app.app.start();
    await restart({ zone: 'US/Eastern' });
    expect((await zones()).move).toBeNull();
  });

  it('adds up with the next, and leaves nothing to say once back home', async () => {
    await opened();
    app.app.start();
    for (const zone of ['America/New_York', 'Asia/Tokyo']) {
      app.clock.moveTo(zone);
      await app.clock.advance(minute);
    }
    expect((await zones()).move).toMatchObject({ from: 'Europe/Berlin', to: 'Asia/Tokyo' });
    app.clock.moveTo('Europe/Berlin');
    await app.clock.advance(minute);
    expect((await zones()).move).toBeNull();
  });

  it.each([
    [['a'], 'Europe/Berlin', 'No schedule follows it; 1 keeps its own zone.'],
    [['a'], null, '1 schedule follows it.'],
    [[], null, ''],
  ] as const)('counts %j with the usual zone %j', async (ids, timezone, words) => {
    app = await openTestApp(berlin);
    for (const id of ids)
      await app.call('saveSchedule', { schedule: aSchedule({ id }), create: true });
    await app.call('changeSettings', { timezone });
    app.app.start();
    app.clock.moveTo('Asia/Tokyo');
    await app.clock.advance(minute);
    const text = `This computer moved from Europe/Berlin to Asia/Tokyo. ${words}`.trim();
    expect((await zones()).move?.text).toBe(text);
  });

  it('counts anew when schedules come and go', async () => {
    await opened();
    app.app.start();
    app.clock.moveTo('America/New_York');
    await app.clock.advance(minute);
    const counts: unknown[] = [];
    app.app.changes.subscribe((event) => {
      if (event.name === 'host')
        counts.push([event.value.zones.move?.follow, event.value.zones.move?.keep]);
    });
    await app.call('deleteSchedule', { id: 'a' });
    await app.call('deleteSchedule', { id: 'e' });
    await app.clock.advance(2_000);
    expect(counts).toEqual([[2, 1]]);
  });

  it('lets schedules without a zone stay, once the usual zone is set', async () => {
    await opened();
    app.app.start();
    app.clock.moveTo('America/New_York');
    await app.clock.advance(minute);
    await app.call('changeSettings', { timezone: 'Europe/Berlin' });
    const zoneOf = (await app.call('listSchedules', {})).map(({ timezone }) => timezone);
    expect(zoneOf.slice(0, 3)).toEqual(['Europe/Berlin', 'Europe/Berlin', 'Europe/Berlin']);
    expect((await zones()).move).toMatchObject({ follow: 0, keep: 5 });
  });

  it.each(['America/New_York', 'Asia/Tokyo', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
    'to %s runs nothing twice, and moves no schedule with a zone of its own',
    async (to) => {
      app = await openTestApp(berlin);
      const half: ScheduleInput['trigger'] = { kind: 'interval', every: '30m' };
      const daily: ScheduleInput['trigger'] = { kind: 'calendar', at: ['09:10'] };
      for (const [id, trigger, timezone] of [
        ['half', half, undefined],
        ['daily', daily, undefined],
        ['fixed', daily, 'Europe/Berlin'],
      ] as const)
        await app.call('saveSchedule', {
          schedule: aSchedule({ id, trigger, ...(timezone === undefined ? {} : { timezone }) }),
          create: true,
        });
      app.app.start();
      await app.clock.advance(9 * minute + 45_000);
      // The move, its notice and a slot of two schedules lie within one minute.
      app.clock.moveTo(to);
      await pass(26);
      const history = await app.history();
      const slots = history.map(({ schedule, slotAt }) => `${schedule} ${slotAt ?? ''}`);
      expect(slots).toEqual([...new Set(slots)]);
      expect(new Set(history.map(({ outcome }) => outcome))).toEqual(new Set(['success']));
      expect(
        history.filter(({ schedule }) => schedule === 'fixed').map(({ slotAt }) => slotAt),
      ).toEqual(['2026-11-20T08:10:00Z', '2026-11-21T08:10:00Z']);
      const last = history.filter(({ schedule }) => schedule === 'daily').at(-1)?.slotAt ?? '';
      const local = segmentAt(to, Date.parse(last) / 1_000).offset + Date.parse(last) / 1_000;
      expect(local % 86_400).toBe(9 * 3_600 + 10 * 60);
    },
  );
});

describe('calls/zones, the edition of the zone data', () => {
  it('says nothing of an edition that was always there', async () => {
    await opened();
    app.app.start();
    expect((await zones()).was).toBeNull();
    await restart({});
    expect((await zones()).was).toBeNull();
    expect(app.lines).not.toContain('zone data changed');
  });

  it('logs another one once, says which was before, and keeps saying so', async () => {
    await opened();
    app.app.start();
    await restart({ zoneData: JSON.stringify({ tz: '2019a', was: null }) });
    const was = { tz: '2019a', until: '2026-11-20T08:00:00Z' };
    expect([(await host()).tz, (await zones()).was]).toEqual([tz, was]);
    expect(app.lines.filter((line) => line === 'zone data changed')).toHaveLength(1);
    await app.clock.advance(minute);
    await restart({});
    expect((await zones()).was).toEqual(was);
    expect(app.lines).not.toContain('zone data changed');
  });

  it('judges what comes after by a plan of the new one', async () => {
    await opened();
    app.app.start();
    await app.clock.advance(30 * minute);
    await app.app.stop();
    const db = openDatabase(app.folder);
    db.pragma('foreign_keys = OFF');
    // The plans as the older edition had left them.
    db.prepare(`UPDATE plans SET hash = 'old' || hash, document = replace(document, ?, ?)`).run(
      `"tz":"${tz}"`,
      '"tz":"2019a"',
    );
    db.prepare(`UPDATE slots SET plan = 'old' || plan`).run();
    writeMeta(db, 'zoneData', JSON.stringify({ tz: '2019a', was: null }));
    db.close();
    app = await openTestApp({ virtual: app.clock, dataFolder: app.folder });
    app.app.start();
    await app.clock.advance(30 * minute);
    const { folder } = app;
    await app.app.stop();
    const after = openDatabase(folder);
    const editions = after
      .prepare(
        `SELECT slots.slot_at AS at, json_extract(plans.document, '$.tz') AS tz FROM slots
         JOIN plans ON plans.hash = slots.plan JOIN schedules ON schedules.number = slots.schedule
         WHERE schedules.id = 'a' ORDER BY slots.slot_at`,
      )
      .all();
    expect(readMeta(after, 'zone')).toBe('Europe/Berlin');
    after.close();
    app = await openTestApp({ virtual: app.clock, dataFolder: folder });
    expect(editions).toEqual([
      { at: Date.parse('2026-11-20T08:30:00Z'), tz: '2019a' },
      { at: Date.parse('2026-11-20T09:00:00Z'), tz },
    ]);
  });

  it('leaves no trace of a command that starts no scheduler', async () => {
    await opened();
    app.app.start();
    await app.app.stop();
    app.clock.moveTo('UTC');
    app = await openTestApp({ virtual: app.clock, dataFolder: app.folder, host: 'command' });
    await app.call('runDoctor', {});
    expect((await zones()).move).toBeNull();
    app.clock.moveTo('Europe/Berlin');
    await restart({});
    expect((await zones()).move).toBeNull();
  });
});

/** A system that agrees with us, but for these zones: an hour less than ours from an instant on, or null. */
function aSystem(zonesOf: Record<string, string | null>, asked: string[] = []): SystemZones {
  return {
    version: () => Promise.resolve('2019a'),
    offsetsOf: (zone, instantsMs) => {
      asked.push(zone);
      const from = zonesOf[zone];
      if (from === null) return Promise.resolve(null);
      return Promise.resolve(
        instantsMs.map((atMs) => {
          const isOther = from !== undefined && atMs >= Date.parse(from);
          return segmentAt(zone, Math.floor(atMs / 1_000)).offset - (isOther ? 3_600 : 0);
        }),
      );
    },
  };
}

describe('calls/zones, the system’s own zone data', () => {
  it('is compared soon after the start, not before it', async () => {
    const asked: string[] = [];
    await opened({ systemZones: aSystem({}, asked) });
    app.app.start();
    expect([asked, (await zones()).comparison]).toEqual([[], null]);
    await app.clock.advance(5_000);
    expect((await zones()).comparison).toEqual({
      system: '2019a',
      agreed: 2,
      untold: [],
      differences: [],
    });
    expect(new Set(asked)).toEqual(new Set(['Asia/Tokyo', 'Europe/Berlin']));
  });

  it('warns of a zone in which both will differ, in every window and in the log, until put away', async () => {
    const systemZones = aSystem({ 'Asia/Tokyo': '2027-03-01T00:00:00Z' });
    await opened({ systemZones });
    app.app.start();
    const told: boolean[] = [];
    app.app.changes.subscribe((event) => {
      if (event.name === 'host') told.push(event.value.zones.warns);
    });
    await app.clock.advance(5_000);
    const { comparison, warns } = await zones();
    expect(comparison?.differences).toEqual([
      {
        zone: 'Asia/Tokyo',
        at: '2027-03-01T00:00:00Z',
        ours: 32_400,
        systems: 28_800,
        text:
          `Asia/Tokyo: from Monday 1 March 2027 at 09:00 Jackdaw’s zone data (${tz}) says UTC+09:00, ` +
          'this computer’s (2019a) UTC+08:00; runs there go by Jackdaw’s and may be an hour off from ' +
          'then: update this computer’s system, whose zone data is older.',
      },
    ]);
    expect([warns, told]).toEqual([true, [true]]);
    expect(app.lines.filter((line) => line === 'zone data differs')).toHaveLength(1);
    await app.call('dismissNotice', { notice: 'zone-data' });
    expect((await zones()).warns).toBe(false);
    expect(told).toEqual([true, false]);
    await restart({}, { systemZones });
    await app.clock.advance(5_000);
    expect((await zones()).warns).toBe(false);
  });

  it('is compared anew when a zone comes into use, and not when one more schedule is in it', async () => {
    const asked: string[] = [];
    await opened({ systemZones: aSystem({ 'America/Vancouver': '2026-01-01T00:00:00Z' }, asked) });
    app.app.start();
    await app.clock.advance(5_000);
    expect((await zones()).warns).toBe(false);
    await app.call('saveSchedule', {
      schedule: aSchedule({ id: 'v', timezone: 'America/Vancouver' }),
      create: true,
    });
    await app.clock.advance(2_000);
    expect((await zones()).warns).toBe(true);
    asked.length = 0;
    await app.call('saveSchedule', {
      schedule: aSchedule({ id: 'w', timezone: 'America/Vancouver' }),
      create: true,
    });
    await app.clock.advance(20 * minute);
    expect(asked).toEqual([]);
  });

  it('asks no more once Jackdaw has stopped', async () => {
    const asked: string[] = [];
    await opened({ systemZones: aSystem({}, asked) });
    app.app.start();
    await app.app.stop();
    await app.clock.advance(2 * day);
    await settle();
    expect([asked, app.clock.pending()]).toEqual([[], 0]);
    app = await openTestApp({ virtual: app.clock, dataFolder: app.folder });
  });

  const check = async (): Promise<unknown> => {
    const report = await app.call('runDoctor', {});
    return report.checks.find((one) => one.check === 'zone data');
  };

  it.each([
    [
      {},
      true,
      `Zone data ${tz}; the computer is in Europe/Berlin. This system’s own (2019a) agrees on 2 zones for 13 months.`,
      null,
    ],
    [
      { 'Asia/Tokyo': null },
      true,
      `Zone data ${tz}; the computer is in Europe/Berlin. This system’s own (2019a) agrees on 1 zone for 13 months; it can’t tell about Asia/Tokyo.`,
      null,
    ],
    [
      { 'Asia/Tokyo': null, 'Europe/Berlin': null },
      true,
      `Zone data ${tz}; the computer is in Europe/Berlin. This system has no zone data of its own to compare it with.`,
      null,
    ],
    [
      { 'Asia/Tokyo': '2027-03-01T00:00:00Z' },
      false,
      expect.stringMatching(/^Asia\/Tokyo: from Monday 1 March 2027 at 09:00 .*\.$/) as string,
      'Update this computer’s system, whose zone data is older.',
    ],
  ])('is doctor’s affair too: %j', async (system, ok, finding, remedy) => {
    await opened({ systemZones: aSystem(system) });
    expect(await check()).toEqual({ check: 'zone data', ok, finding, remedy });
  });
});
