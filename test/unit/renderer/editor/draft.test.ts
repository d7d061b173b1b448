import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleSchema, type ScheduleInput } from '../../../../contract/schedule.ts';
import { newDraft, toDocument, toDraft } from '../../../../renderer/views/editor/draft.ts';
import { anyDocument, anyTrigger } from './documents.ts';

const posts: ScheduleInput = {
  id: 'posts',
  name: 'Posts',
  trigger: { kind: 'interval', every: '30m' },
  scrape: {
    kind: 'page',
    url: 'https://flink.apache.org/posts/',
    items: 'article',
    fields: { title: 'h3 a', url: { select: 'h3 a', attr: 'href' } },
    key: 'url',
  },
};

describe('editor/draft', () => {
  it('gives any document back as it was when nothing is edited', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        expect(toDocument(toDraft(document), document)).toEqual(document);
      }),
      { numRuns: 250 },
    );
  });

  it('gives any document back as it was with its defaults filled in', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        const checked = scheduleSchema.safeParse(document);
        if (!checked.success) return;
        expect(toDocument(toDraft(checked.data), checked.data)).toEqual(checked.data);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the order of the fields', () => {
    const document = toDocument(toDraft(posts), posts) as ScheduleInput;
    expect(Object.keys(document.scrape.fields)).toEqual(['title', 'url']);
  });

  it('changes nothing but what was edited, and keeps what the form has no fields for', () => {
    const document: ScheduleInput = {
      ...posts,
      atClose: 'abort',
      enough: 'change',
      conditions: { power: 'ac' },
      notify: { on: ['success'] },
      hours: {
        week: { mon: ['09:00-17:00'], tue: [] },
        closed: { holidays: 'US-NY', ics: 'BEGIN:VCALENDAR' },
      },
    };
    const draft = toDraft(document);
    const edited = {
      ...draft,
      hours: {
        ...draft.hours,
        own: {
          ...draft.hours.own,
          week: { ...draft.hours.own.week, mon: [{ opens: '08:00', closes: '12:00' }] },
          dates: ['2026-12-25'],
        },
      },
    };
    expect(toDocument(edited, document)).toEqual({
      ...document,
      hours: {
        week: { mon: ['08:00-12:00'], tue: [] },
        closed: { holidays: 'US-NY', ics: 'BEGIN:VCALENDAR', dates: ['2026-12-25'] },
      },
    });
  });

  it('writes a new schedule in its shortest form', () => {
    const draft = {
      ...newDraft,
      id: 'posts',
      name: 'Posts',
      scrape: { ...toDraft(posts).scrape },
    };
    expect(toDocument(draft, null)).toEqual({
      ...posts,
      trigger: { kind: 'interval', every: '30m' },
    });
  });

  it('leaves rows out that nothing was typed into', () => {
    const draft = toDraft(posts);
    const [blank] = newDraft.scrape.fields;
    if (blank === undefined) throw new Error('a new draft begins with a row');
    const fields = [...draft.scrape.fields, blank];
    expect(toDocument({ ...draft, scrape: { ...draft.scrape, fields } }, posts)).toEqual(posts);
  });

  it('makes any trigger into any other, and back into what it was', () => {
    fc.assert(
      fc.property(anyTrigger, anyTrigger, (stored, other) => {
        const document: ScheduleInput = { ...posts, trigger: stored };
        const draft = toDraft(document);
        const { kind, ...fields } = toDraft({ ...posts, trigger: other }).trigger;
        fc.pre(kind !== stored.kind);
        // What it means to leave the anchor out is left out of a new interval.
        fc.pre(!('anchor' in other && other.anchor === '00:00'));
        const changed = { ...draft, trigger: { ...fields, kind } };
        expect(toDocument(changed, document)).toEqual({ ...posts, trigger: other });
        const back = { ...draft, trigger: { ...draft.trigger, kind: draft.trigger.kind } };
        expect(toDocument(back, document)).toEqual(document);
      }),
      { numRuns: 250 },
    );
  });

  it('puts a chain in the place of a trigger, and a trigger in the place of a chain', () => {
    const rest: ScheduleInput = { ...posts };
    delete rest.trigger;
    const chained: ScheduleInput = { ...rest, after: { schedule: 'other' } };
    const draft = toDraft(chained);
    expect(toDocument({ ...draft, name: 'New' }, chained)).toEqual({ ...chained, name: 'New' });
    expect(
      toDocument(
        { ...draft, trigger: { ...draft.trigger, kind: 'interval', every: '1h' } },
        chained,
      ),
    ).toEqual({ ...rest, trigger: { kind: 'interval', every: '1h' } });
    const timed = toDraft(posts);
    const after = { schedule: 'other', on: 'failure' } as const;
    expect(
      toDocument({ ...timed, trigger: { ...timed.trigger, kind: 'after', after } }, posts),
    ).toEqual({ ...rest, after });
  });

  it('writes days on a calendar without the lists that name nothing', () => {
    const draft = toDraft(posts);
    const calendar = { times: ['09:00', '14:30'], on: [], months: [] };
    expect(
      toDocument({ ...draft, trigger: { ...draft.trigger, kind: 'calendar', calendar } }, posts),
    ).toEqual({ ...posts, trigger: { kind: 'calendar', at: ['09:00', '14:30'] } });
  });

  it('drops the anchor when an interval becomes one of whole days, and its dates when not', () => {
    const anchored: ScheduleInput = {
      ...posts,
      trigger: { kind: 'interval', every: '7h', anchor: '06:00' },
    };
    const draft = toDraft(anchored);
    const daily = {
      ...draft,
      trigger: { ...draft.trigger, every: '2d', from: '2026-12-01', at: '09:00' },
    };
    const stored = toDocument(daily, anchored) as ScheduleInput;
    expect(stored.trigger).toEqual({
      kind: 'interval',
      every: '2d',
      from: '2026-12-01',
      at: '09:00',
    });
    const back = { ...daily, trigger: { ...daily.trigger, every: '7h' } };
    expect(toDocument(back, stored)).toEqual(anchored);
  });

  it('hands numbers that are none on as typed, for the contract to refuse', () => {
    const draft = { ...toDraft(posts), pauseAfterFailures: 'five' };
    expect(toDocument(draft, posts)).toEqual({ ...posts, pauseAfterFailures: 'five' });
  });
});
