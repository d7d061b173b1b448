import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls as contract } from '../../../contract/calls.ts';
import { callNames, type CallName } from '../../../contract/names.ts';
import type { Result } from '../../../contract/result.ts';
import type { Calls } from '../../../main/calls/calls.ts';
import { serveWeb, type WebServer } from '../../../main/web/serve-web.ts';
import { aSchedule } from '../../support/builders.ts';
import { busyBackup, openBusyApp } from '../../support/busy-app.ts';
import type { TestApp } from '../../support/test-app.ts';

const document = aSchedule({ id: 'fresh' });

/** One good input for every call, on the busy app. */
const good: Readonly<Record<CallName, unknown>> = {
  getSnapshot: {},
  getStatus: {},
  listSchedules: {},
  getSchedule: { id: 'posts' },
  saveSchedule: { schedule: document, create: true },
  duplicateSchedule: { id: 'posts' },
  setEnabled: { id: 'posts', enabled: false },
  setMissed: { id: 'posts', policy: 'all' },
  previewSchedule: { schedule: document, count: 3 },
  nextSlots: { id: 'posts', count: 3 },
  explainTime: { id: 'posts', at: '2026-11-23T10:00' },
  listHolidayPlaces: {},
  readClosed: { closed: { holidays: 'US-NY' } },
  tryPage: { scrape: document.scrape },
  saveHours: { profile: { id: 'weekend', week: { sat: ['10:00-12:00'] } }, create: true },
  deleteHours: { id: 'weekend' },
  importFile: { text: 'jackdaw: 1', dryRun: true },
  exportFile: {},
  getFileSchema: {},
  startRun: { id: 'fresh' },
  cancelRun: { run: 999 },
  getRun: { run: 1 },
  getRunLog: { run: 1 },
  getStory: { cursor: 'r1' },
  listRuns: { limit: 2, outcome: ['success', 'failed'] },
  listRunDays: { days: 2 },
  listRecords: { id: 'posts' },
  exportRecords: { id: 'posts', format: 'csv' },
  pause: { id: 'posts' },
  resume: { id: 'posts' },
  changeSettings: { concurrency: 2 },
  dismissNotice: { notice: 'zone-move' },
  tryAgain: {},
  addSample: {},
  runDoctor: {},
  backUp: {},
  listBackups: {},
  restoreBackup: { name: busyBackup },
  openFolder: { folder: 'data' },
  deleteSchedule: { id: 'posts' },
  undeleteSchedule: { id: 'posts' },
};

/** Calls that these inputs can't satisfy here: the refusal crosses instead. */
const refusedHere: ReadonlySet<CallName> = new Set(['cancelRun', 'openFolder']);

const bad: readonly unknown[] = [
  null,
  7,
  'posts',
  [],
  { colour: 'red' },
  { id: 'Not An Id', run: -1 },
  JSON.parse('{"__proto__":{"id":"posts"},"constructor":1}'),
];

let busy: TestApp;
let server: WebServer;
/** What the calls answered inside main, in order. */
const inside: { readonly input: unknown; readonly result: Result<unknown> }[] = [];

beforeAll(async () => {
  busy = (await openBusyApp()).jackdaw;
  const { calls, changes } = busy.app;
  const listening: Calls = {
    ...calls,
    invoke: async (name, input) => {
      const result = await calls.invoke(name, input);
      inside.push({ input, result });
      return result;
    },
  };
  server = await serveWeb({ calls: listening, changes, clock: busy.clock, rendererFolder: null });
});

afterAll(async () => {
  await server.stop();
  await busy.stop();
});

async function post(
  name: CallName,
  input: unknown,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await fetch(`${server.url}api/${name}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

describe('web: every call over HTTP', () => {
  it.each(Object.keys(good) as CallName[])(
    '%s answers what it answers inside main',
    async (name) => {
      const { status, body } = await post(name, good[name]);
      const seen = inside.at(-1);
      expect(status).toBe(200);
      expect(seen?.input).toEqual(good[name]);
      // Equal before and after the wire: nothing of it is lost in JSON.
      expect(body).toEqual(seen?.result);
      if (refusedHere.has(name)) expect(body).toMatchObject({ ok: false });
      else
        expect(
          contract[name].output.safeParse((body as { value?: unknown }).value).error,
        ).toBeUndefined();
    },
  );

  it.each(callNames)(
    '%s refuses bad input with 200 and the fault, and changes nothing',
    async (name) => {
      for (const input of bad) {
        const before = busy.app.changes.revision();
        const { status, body } = await post(name, input);
        expect(status).toBe(200);
        expect(body).toEqual(inside.at(-1)?.result);
        if (contract[name].input.safeParse(input ?? {}).success) continue;
        expect(body).toMatchObject({
          ok: false,
          code: 'invalid',
          message: expect.stringMatching(/\S/) as string,
        });
        expect(busy.app.changes.revision()).toEqual(before);
      }
    },
  );
});
