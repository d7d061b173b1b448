import { describe, expect, it } from 'vitest';
import { nextShown, type ShownInput } from '../../../main/schedule/next-shown.ts';
import { traceText } from '../../../main/schedule/trace.ts';

const now = Date.parse('2026-11-24T15:10:00Z');

function anInput(changes: Partial<ShownInput> = {}): ShownInput {
  return {
    enabled: true,
    pause: null,
    hostPause: null,
    timezone: 'America/New_York',
    rhythm: {
      trigger: { kind: 'interval', every: '30m' },
      timezone: 'America/New_York',
      outside: 'skip',
    },
    hours: null,
    now,
    ...changes,
  };
}

/** The wall time of the slot and the explanation. */
function shown(changes: Partial<ShownInput>): readonly [string | null, string] {
  const { slot, trace } = nextShown(anInput(changes));
  return [slot?.local ?? null, traceText(trace)];
}

const until = (text: string): ShownInput['pause'] => ({ untilMs: Date.parse(text), why: 'user' });

describe('schedule/next-shown', () => {
  it('is the next slot with its reason', () => {
    expect(shown({})).toEqual(['2026-11-24T10:30:00-05:00', 'every 30 minutes → 10:30']);
  });

  it.each<[Partial<ShownInput>, string]>([
    [{ enabled: false }, 'switched off'],
    [{ enabled: false, pause: until('2026-11-24T20:00:00Z') }, 'switched off'],
    [{ finished: true }, 'finished: its one time has passed'],
    [{ pause: { untilMs: null, why: 'user' } }, 'paused until resumed'],
    [{ pause: { untilMs: null, why: 'failures' } }, 'paused after failures until resumed'],
    [{ hostPause: { untilMs: null, why: 'user' } }, 'everything is paused until resumed'],
    [
      { hostPause: until('2026-11-24T20:00:00Z'), pause: { untilMs: null, why: 'user' } },
      'everything is paused until 15:00; paused until resumed',
    ],
    [
      { hostPause: { untilMs: null, why: 'user' }, pause: until('2026-11-24T20:00:00Z') },
      'everything is paused until resumed; paused until 15:00',
    ],
  ])('has no next run for %j', (changes, why) => {
    expect(shown(changes)).toEqual([null, why]);
  });

  it('is the first slot after a pause that ends, as seen from its end', () => {
    expect(shown({ pause: until('2026-11-25T20:10:00Z') })).toEqual([
      '2026-11-25T15:30:00-05:00',
      'paused until Wednesday 15:10; every 30 minutes → 15:30',
    ]);
  });

  it('waits for the later of two pauses', () => {
    const early = until('2026-11-24T16:10:00Z');
    const late = until('2026-11-24T17:10:00Z');
    expect(shown({ pause: early, hostPause: late })[0]).toBe('2026-11-24T12:30:00-05:00');
    expect(shown({ pause: late, hostPause: early })[0]).toBe('2026-11-24T12:30:00-05:00');
  });

  it('forgets a pause that is over', () => {
    expect(shown({ pause: until('2026-11-24T15:10:00Z') })).toEqual([
      '2026-11-24T10:30:00-05:00',
      'every 30 minutes → 10:30',
    ]);
  });

  it('says why never', () => {
    expect(
      shown({ hours: { name: 'Nights', week: {} }, pause: until('2026-11-24T16:10:00Z') }),
    ).toEqual([null, 'paused until 11:10; every 30 minutes → 11:30; Nights never open']);
  });
});
