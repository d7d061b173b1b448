import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Schedule } from '../../../contract/schedule.ts';
import { chainFaults, downstreamOf } from '../../../main/calls/check-chains.ts';
import { createBook, type Book } from '../../../main/scheduler/book.ts';
import { openDatabase } from '../../../main/store/database.ts';
import { insertSchedule } from '../../../main/store/schedules.ts';
import { defaultSettings } from '../../../contract/settings.ts';
import { aSchedule } from '../../support/builders.ts';
import { everythingSeen } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';

/** A schedule that runs by itself, or after another one. */
function chained(id: string, upstream?: string): Schedule {
  const given = { id, name: id.toUpperCase() };
  return upstream === undefined
    ? aSchedule(given)
    : aSchedule({ ...given, trigger: undefined, after: { schedule: upstream } });
}

function bookOf(...schedules: readonly Schedule[]): Book {
  const book = createBook(() => ({
    zone: 'UTC',
    settings: defaultSettings,
    profiles: new Map(),
    calendarsOf: () => [],
  }));
  schedules.forEach((document, index) => {
    const state = {
      createdAtMs: 0,
      handledUntilMs: 0,
      pause: null,
      failures: 0,
      succeededAtMs: null,
      changedAtMs: null,
    };
    book.put({ number: index + 1, document, ...state });
  });
  return book;
}

describe('calls/check-chains', () => {
  const stored = bookOf(chained('a'), chained('b', 'a'), chained('c', 'b'));

  it.each<[string, readonly Schedule[], readonly (readonly [string, string])[]]>([
    ['a chain of stored schedules', [chained('d', 'c')], []],
    ['a chain whose beginning comes with it', [chained('d', 'e'), chained('e')], []],
    ['no chain', [chained('d')], []],
    [
      'a schedule that doesn’t exist',
      [chained('d', 'gone')],
      [['d', "names the schedule gone, which doesn't exist; add it, or name another"]],
    ],
    ['itself', [chained('a', 'a')], [['a', 'makes a loop: a → a; let it run by itself']]],
    [
      'a loop with stored ones',
      [chained('a', 'c')],
      [['a', 'makes a loop: a → b → c → a; let one of them run by itself']],
    ],
    [
      'a loop of its own, told once',
      [chained('e', 'f'), chained('f', 'g'), chained('g', 'e')],
      [['e', 'makes a loop: e → g → f → e; let one of them run by itself']],
    ],
    ['a stored loop that it opens', [chained('b'), chained('a', 'c')], []],
  ])('says what is wrong with %s', (_, schedules, faults) => {
    expect([...chainFaults(schedules, stored)]).toEqual(faults);
  });

  it('names who runs after one', () => {
    expect(downstreamOf(bookOf(chained('a'), chained('b', 'a'), chained('c', 'a')), 'a')).toEqual([
      'b',
      'c',
    ]);
  });

  it('reads a loop of 10,000', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `s${String(index)}`);
    const one = chained('s0', 's1');
    const many = ids.map((id, index) => ({
      ...one,
      id,
      after: { schedule: ids.at(index - 1) ?? '', on: 'success' as const },
    }));
    expect([...chainFaults(many, bookOf())]).toEqual([
      [
        's0',
        'makes a loop: s0 → s1 → s2 → s3 → s4 → s5 → s6 → s7 → s8 → s9 → 9990 more → s0; let one of them run by itself',
      ],
    ]);
  });
});

describe('calls: chains', () => {
  let jackdaw: TestApp;
  beforeEach(async () => {
    jackdaw = await openTestApp();
  });
  afterEach(async () => {
    await jackdaw.stop();
  });

  /** Stores schedules past the calls, as a later version would have. */
  async function store(...schedules: readonly Schedule[]): Promise<void> {
    const db = openDatabase(jackdaw.folder);
    for (const schedule of schedules) insertSchedule(db, schedule, jackdaw.clock.now());
    db.close();
    jackdaw = await jackdaw.restart();
  }

  async function faultOf(
    name: 'saveSchedule' | 'importFile' | 'nextSlots',
    input: unknown,
  ): Promise<readonly unknown[]> {
    const result = await jackdaw.app.calls.invoke(name, input);
    return result.ok ? [] : [result.code, result.path, result.message];
  }

  const textOf = (...schedules: readonly Schedule[]): string =>
    JSON.stringify({ jackdaw: 1, schedules });

  it('refuses to save a loop with its path, and a schedule that doesn’t exist', async () => {
    await store(chained('a'), chained('b', 'a'));
    const before = await everythingSeen(jackdaw);
    expect(await faultOf('saveSchedule', { schedule: chained('a', 'b') })).toEqual([
      'invalid',
      'schedule.after.schedule',
      'schedule.after.schedule: makes a loop: a → b → a; let one of them run by itself',
    ]);
    expect(await faultOf('saveSchedule', { schedule: chained('c', 'gone'), create: true })).toEqual(
      [
        'invalid',
        'schedule.after.schedule',
        "schedule.after.schedule: names the schedule gone, which doesn't exist; add it, or name another",
      ],
    );
    expect(await everythingSeen(jackdaw)).toEqual(before);
  });

  it('refuses a file that makes a loop with stored schedules, and says so to next as well', async () => {
    await store(chained('a'), chained('b', 'a'));
    const text = textOf(chained('other'), chained('a', 'b'));
    const refusal = [
      'invalid',
      'schedules[1].after.schedule',
      'schedules[1].after.schedule: makes a loop: a → b → a; let one of them run by itself',
    ];
    for (const dryRun of [true, false])
      expect(await faultOf('importFile', { text, dryRun })).toEqual(refusal);
    expect(await faultOf('nextSlots', { file: text })).toEqual(refusal);
  });

  it('doesn’t delete what others run after, and names them', async () => {
    await store(chained('a'), chained('b', 'a'), chained('alone'));
    expect(await jackdaw.app.calls.invoke('deleteSchedule', { id: 'a' })).toEqual({
      ok: false,
      code: 'conflict',
      path: 'id',
      message: 'A is what b runs after; let that run by itself first.',
      faults: [{ path: 'id', message: 'is what b runs after; let that run by itself first' }],
    });
    expect(await jackdaw.call('deleteSchedule', { id: 'b' })).toEqual({ id: 'b' });
    expect(await jackdaw.call('deleteSchedule', { id: 'a' })).toEqual({ id: 'a' });
  });

  it('names three of many', async () => {
    await store(chained('a'), ...['b', 'c', 'd', 'e'].map((id) => chained(id, 'a')));
    expect(await jackdaw.app.calls.invoke('deleteSchedule', { id: 'a' })).toMatchObject({
      message: 'A is what b, c, d and others run after; let these run by themselves first.',
    });
  });

  it('doesn’t bring back a chain before the schedule it runs after', async () => {
    await store(chained('a'), chained('b', 'a'));
    await jackdaw.call('deleteSchedule', { id: 'b' });
    await jackdaw.call('deleteSchedule', { id: 'a' });
    expect(await jackdaw.app.calls.invoke('undeleteSchedule', { id: 'b' })).toMatchObject({
      ok: false,
      code: 'conflict',
      path: 'id',
      message: 'B runs after a, which was deleted; bring that back first.',
    });
    expect((await jackdaw.call('undeleteSchedule', { id: 'a' })).id).toBe('a');
    expect((await jackdaw.call('undeleteSchedule', { id: 'b' })).id).toBe('b');
  });
});
