import type { CallInput } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';
import { toInstant } from '../../contract/time.ts';
import { settle } from '../support/virtual-clock.ts';
import type { TestApp } from '../support/test-app.ts';
import { soakHours, soakSchedules } from './schedules.ts';
import type { Windows } from './windows.ts';

const minute = 60_000;
const hour = 60 * minute;

/** What things happen to. */
export interface Scene {
  readonly jackdaw: TestApp;
  readonly windows: Windows;
  readonly random: () => number;
}

/** Does one thing. */
export type Happening = (scene: Scene) => Promise<void>;

function oneOf<Item>(random: () => number, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

/** A call that may be refused: a person asks for what isn't possible just now. Never an internal fault. */
async function ask<Name extends CallName>(
  { jackdaw }: Scene,
  name: Name,
  input: CallInput<Name>,
): Promise<void> {
  const result = await jackdaw.app.calls.invoke(name, input);
  if (!result.ok && result.code === 'internal') throw new Error(`${name}: ${result.message}`);
}

function anId({ random }: Scene): string {
  return soakSchedules[Math.floor(random() * soakSchedules.length)]?.id ?? 'plain';
}

const openWindow: Happening = async ({ windows }) => {
  await windows.closeAll();
  await windows.open();
};

const edit: Happening = async (scene) => {
  const wanted = anId(scene);
  const schedule = soakSchedules.find(({ id }) => id === wanted);
  if (schedule === undefined) return;
  const description = `Edited ${String(Math.floor(scene.random() * 1e6))}`;
  const minutes = oneOf(scene.random, [15, 20, 30, 60, 120]);
  const trigger =
    schedule.trigger?.kind === 'interval' && schedule.trigger.from === undefined
      ? { trigger: { kind: 'interval' as const, every: `${String(minutes)}m` } }
      : {};
  await ask(scene, 'saveSchedule', { schedule: { ...schedule, ...trigger, description } });
};

const restore: Happening = async (scene) => {
  const text = JSON.stringify({ jackdaw: 1, hours: soakHours, schedules: soakSchedules });
  await ask(scene, 'importFile', { text });
};

const editHours: Happening = async (scene) => {
  const opens = oneOf(scene.random, ['07:00', '08:30', '09:00']);
  const week = { mon: [`${opens}-17:00`], tue: [`${opens}-12:00`, '13:00-18:00'] };
  await ask(scene, 'saveHours', { profile: { id: 'office', name: 'Office hours', week } });
};

const switchOver: Happening = async (scene) => {
  const id = anId(scene);
  await ask(scene, 'setEnabled', { id, enabled: false });
  await ask(scene, 'setEnabled', { id, enabled: true });
};

const deleteAndBring: Happening = async (scene) => {
  const id = anId(scene);
  await ask(scene, 'deleteSchedule', { id });
  // Either comes back as it was, or begins anew under the same id.
  if (scene.random() < 0.5) await ask(scene, 'undeleteSchedule', { id });
  await restore(scene);
};

const pause: Happening = async (scene) => {
  const atMs = scene.jackdaw.clock.now() + scene.random() * 4 * hour + minute;
  const id = scene.random() < 0.7 ? { id: anId(scene) } : {};
  await ask(scene, 'pause', { ...id, until: toInstant(atMs) });
};

const resume: Happening = async (scene) => {
  await ask(scene, 'resume', {});
  for (const { id } of soakSchedules) await ask(scene, 'resume', { id });
};

const runByHand: Happening = async (scene) => {
  await ask(scene, 'startRun', { id: anId(scene) });
};

const look: Happening = async (scene) => {
  await ask(scene, 'getStatus', {});
  await ask(scene, 'listRuns', { limit: 100 });
  await ask(scene, 'listRecords', { id: anId(scene) });
  await ask(scene, 'explainTime', { id: anId(scene), at: '2027-03-14T02:30' });
  await ask(scene, 'exportFile', {});
};

const changeSettings: Happening = async (scene) => {
  await ask(scene, 'changeSettings', { concurrency: oneOf(scene.random, [2, 3, 4]) });
};

const backUp: Happening = async (scene) => {
  await ask(scene, 'backUp', {});
};

const sleep: Happening = async ({ jackdaw, random }) => {
  jackdaw.clock.sleep(Math.floor(random() * random() * 48 * hour) + minute);
  jackdaw.app.wake();
  await settle();
};

const stepClock: Happening = async ({ jackdaw, random }) => {
  jackdaw.clock.step(oneOf(random, [-24 * hour, -hour, -2 * minute, 5 * minute, hour]));
};

const move: Happening = async ({ jackdaw, random }) => {
  jackdaw.clock.moveTo(oneOf(random, ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe']));
};

const putAway: Happening = async (scene) => {
  for (const notice of ['zone-move', 'repaired', 'wake-review'] as const)
    await ask(scene, 'dismissNotice', { notice });
};

/** Everything that can happen, the usual more often. */
const all: readonly [Happening, ...Happening[]] = [
  openWindow,
  ...[openWindow, openWindow, openWindow, edit, edit, edit, look, look],
  ...[runByHand, runByHand, pause, resume, resume, restore, restore, editHours],
  ...[switchOver, deleteAndBring, changeSettings, backUp, sleep, stepClock, move, putAway],
];

/** Lets one thing happen, drawn at random. */
export async function somethingHappens(scene: Scene): Promise<void> {
  await oneOf(scene.random, all)(scene);
}
