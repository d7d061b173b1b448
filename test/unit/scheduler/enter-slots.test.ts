import { afterEach, describe, expect, it } from 'vitest';
import { aSchedule } from '../../support/builders.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { openDatabase } from '../../../main/store/database.ts';

let jackdaw: TestApp;
afterEach(async () => {
  await jackdaw.stop();
});

describe('scheduler/enter-slots', () => {
  it('enters the slots of many schedules in one second, each with its own run and plan', async () => {
    jackdaw = await openTestApp();
    const ids = Array.from({ length: 130 }, (_, index) => `posts-${String(index)}`);
    for (const [index, id] of ids.entries())
      await jackdaw.call('saveSchedule', {
        schedule: aSchedule({ id, timezone: index % 2 === 0 ? 'UTC' : 'Asia/Tokyo' }),
        create: true,
      });
    jackdaw.app.start();
    await jackdaw.clock.advance(31 * 60_000);
    const db = openDatabase(jackdaw.folder);
    const rows = db
      .prepare<[], { id: string; slots: number; handled: number; plan: string }>(
        `SELECT id, count(*) AS slots, until - slot_at AS handled,
           plans.document ->> 'timezone' AS plan
         FROM schedules JOIN handled ON handled.schedule = number JOIN slots ON slots.schedule = number JOIN plans ON plans.hash = slots.plan
           JOIN runs ON runs.slot = slots.slot AND runs.schedule = number GROUP BY id`,
      )
      .all();
    db.close();
    expect(new Map(rows.map(({ id, ...rest }) => [id, rest]))).toEqual(
      new Map(
        ids.map((id, index) => [
          id,
          { slots: 1, handled: 0, plan: index % 2 === 0 ? 'UTC' : 'Asia/Tokyo' },
        ]),
      ),
    );
  });
});
