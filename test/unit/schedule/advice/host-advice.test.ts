import { describe, expect, it } from 'vitest';
import type { Advice } from '../../../../contract/preview.ts';
import type { Trigger } from '../../../../contract/trigger.ts';
import { adviseOn } from '../../../../main/schedule/advice/advise-on.ts';
import { maxOthers, requestsAnHour } from '../../../../main/schedule/advice/host-advice.ts';
import type { AdviceSubject } from '../../../../main/schedule/advice/subject.ts';
import { aSubject, codesOf, cron, every, officeHours, wednesday } from '../../../support/advice.ts';

type Given = Parameters<typeof aSubject>[1];

function another(id: string, trigger: Trigger, given: Given = {}): AdviceSubject {
  return aSubject(trigger, { id, name: id.toUpperCase(), ...given });
}

function adviceOn(
  code: string,
  subject: AdviceSubject,
  others: readonly AdviceSubject[],
  nowMs: number = wednesday,
): readonly Advice[] {
  return adviseOn(subject, others, nowMs).filter((one) => one.code === code);
}

function pages(count: number): Given {
  return { usual: { runMs: 100, pages: count } };
}

describe('schedule/advice: many-requests', () => {
  it('warns of one schedule that asks a host too often', () => {
    expect(adviseOn(aSubject(every('10s')), [], wednesday)).toEqual([
      {
        code: 'many-requests',
        level: 'warning',
        path: 'trigger',
        params: { host: 'shop.example', requests: 360, limit: requestsAnHour, schedules: 1 },
        text: 'About 360 requests an hour go to shop.example, more than 300; run it less often, or read fewer pages.',
      },
    ]);
  });

  it('counts all schedules of the host, each with its usual pages', () => {
    const others = [
      another('b', every('1m'), pages(3.4)),
      another('c', every('30m')),
      another('elsewhere', every('10s'), { host: 'other.example' }),
      another('off', every('10s'), { enabled: false }),
    ];
    expect(adviceOn('many-requests', aSubject(every('1m'), pages(4)), others)).toMatchObject([
      {
        params: { requests: 446, schedules: 3 },
        text: 'About 446 requests an hour go to shop.example from 3 schedules, more than 300; run them less often, or at different hours.',
      },
    ]);
  });

  it('counts hour by hour: those that run at different hours don’t add up', () => {
    const morning = aSubject(every('1m'), {
      ...pages(4),
      hours: { week: everyDay('09:00-12:00') },
    });
    const evening = another('b', every('1m'), {
      ...pages(4),
      hours: { week: everyDay('18:00-21:00') },
    });
    const noon = another('c', every('1m'), {
      ...pages(4),
      hours: { week: everyDay('11:00-13:00') },
    });
    expect(adviceOn('many-requests', morning, [evening])).toEqual([]);
    expect(adviceOn('many-requests', morning, [evening, noon])).toMatchObject([
      { params: { requests: 480, schedules: 2 } },
    ]);
  });

  it('looks at the day of its next slot: a weekend’s silence hides nothing', () => {
    const saturday = Date.parse('2026-11-28T15:00:00Z');
    const subject = aSubject(every('10s'), { hours: officeHours });
    expect(adviceOn('many-requests', subject, [], saturday)).toMatchObject([
      { params: { requests: 360 } },
    ]);
  });

  it.each<[string, AdviceSubject]>([
    ['as many as may be', aSubject(every('1m'), pages(5))],
    ['this computer', aSubject(every('10s'), { host: 'localhost:8080', loopback: true })],
    ['a schedule that is off', aSubject(every('10s'), { enabled: false })],
    ['a schedule without a host', aSubject(every('10s'), { host: null })],
  ])('is silent on %s', (_, subject) => {
    expect(codesOf(subject)).toEqual([]);
  });
});

function everyDay(window: string): NonNullable<NonNullable<AdviceSubject['hours']>['week']> {
  return Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [window]]),
  );
}

const nine: Trigger = { kind: 'calendar', at: ['09:00'] };

describe('schedule/advice: same-minute', () => {
  it('names the other schedule and the next time they meet', () => {
    expect(adviseOn(aSubject(nine), [another('b', every('30m'))], wednesday)).toEqual([
      {
        code: 'same-minute',
        level: 'hint',
        path: 'trigger',
        params: { host: 'shop.example', others: 'B', time: 'Thursday 09:00' },
        text: 'It asks shop.example in the same minute as B, next at Thursday 09:00; let it run some minutes earlier or later, or give it jitter.',
      },
    ]);
  });

  it('names three, the first to be met first, and counts the rest', () => {
    const others = ['c', 'd', 'e', 'f'].map((id) => another(id, every('30m')));
    const soon = another('soon', cron('20 13 * * *'));
    const subject = aSubject({ kind: 'calendar', at: ['09:00', '13:20'] });
    expect(adviceOn('same-minute', subject, [...others, soon])).toMatchObject([
      { params: { others: 'SOON, C, D and 2 others', time: '13:20' } },
    ]);
  });

  it('goes by instants, whatever zones they are in, and by minutes, not seconds', () => {
    const berlin = another('b', { kind: 'calendar', at: ['15:00'] }, { timezone: 'Europe/Berlin' });
    const seconds = another('c', cron('25 0 9 * * *'));
    expect(adviceOn('same-minute', aSubject(nine), [berlin, seconds])).toMatchObject([
      { params: { others: 'B and C' } },
    ]);
  });

  it('doesn’t speak of a minute that has passed', () => {
    const now = Date.parse('2026-11-25T18:45:00Z');
    const subject = aSubject({ kind: 'once', at: '2026-11-26T09:00' });
    const earlier = another('b', { kind: 'calendar', at: ['13:30'] });
    const same = aSubject({ kind: 'calendar', at: ['13:30'] });
    expect(adviceOn('same-minute', subject, [earlier], now)).toEqual([]);
    expect(adviceOn('same-minute', same, [earlier], now)).toMatchObject([
      { params: { time: 'Thursday 13:30' } },
    ]);
  });

  it('speaks of this computer’s sites too', () => {
    const local = { host: '127.0.0.1:8080', loopback: true };
    expect(codesOf(aSubject(nine, local), [another('b', nine, local)])).toEqual(['same-minute']);
  });

  it.each<[string, AdviceSubject, AdviceSubject]>([
    ['some minutes between', aSubject(nine), another('b', { kind: 'calendar', at: ['09:05'] })],
    ['jitter here', aSubject(nine, { jitterMs: 60_000 }), another('b', nine)],
    ['jitter there', aSubject(nine), another('b', nine, { jitterMs: 60_000 })],
    ['one that runs every minute', aSubject(nine), another('b', every('1m'))],
    ['running every minute itself', aSubject(every('1m')), another('b', nine)],
    ['another host', aSubject(nine), another('b', nine, { host: 'other.example' })],
    ['another port', aSubject(nine), another('b', nine, { host: 'shop.example:8080' })],
    ['one that is off', aSubject(nine), another('b', nine, { enabled: false })],
    ['being off itself', aSubject(nine, { enabled: false }), another('b', nine)],
    ['itself', aSubject(nine), aSubject(nine)],
    ['a chain', aSubject(nine), { ...another('b', nine), rhythm: null }],
    [
      'one in a zone that is gone',
      aSubject(nine),
      another('b', nine, { timezone: 'Mars/Olympus' }),
    ],
    ['one that can’t be read', aSubject(nine), another('b', cron('often'))],
    ['one that never runs', aSubject(nine), another('b', nine, { hours: { week: {} } })],
    [
      'a minute more than a week away',
      aSubject({ kind: 'once', at: '2026-12-04T09:00' }),
      another('b', nine),
    ],
  ])('is silent with %s', (_, subject, other) => {
    expect(codesOf(subject, [other])).toEqual([]);
  });

  it('notices within the hour that the hours of another have changed', () => {
    const other = another('b', nine);
    expect(codesOf(aSubject(nine), [other])).toEqual(['same-minute']);
    const evenings = { week: everyDay('18:00-20:00') };
    expect(codesOf(aSubject(nine), [{ ...other, hours: evenings }])).toEqual([]);
  });

  it('compares it with the first hundred', () => {
    const apart = Array.from({ length: maxOthers }, (_, index) =>
      another(`b${String(index)}`, { kind: 'calendar', at: ['10:00'] }),
    );
    expect(codesOf(aSubject(nine), [...apart, another('c', nine)])).toEqual([]);
    expect(codesOf(aSubject(nine), [...apart.slice(1), another('c', nine)])).toEqual([
      'same-minute',
    ]);
  });
});
