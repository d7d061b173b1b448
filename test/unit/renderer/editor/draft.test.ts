import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleSchema, type ScheduleInput } from '../../../../contract/schedule.ts';
import { newDraft, toDocument, toDraft } from '../../../../renderer/views/editor/draft.ts';
import { anyDocument } from './documents.ts';

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
      jitter: '30s',
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

  it('replaces a chain when another trigger is chosen, and only then', () => {
    const rest: ScheduleInput = { ...posts };
    delete rest.trigger;
    const chained: ScheduleInput = { ...rest, after: { schedule: 'other' } };
    const draft = toDraft(chained);
    expect(draft.trigger.kind).toBe('kept');
    expect(toDocument({ ...draft, name: 'New' }, chained)).toEqual({ ...chained, name: 'New' });
    expect(
      toDocument(
        { ...draft, trigger: { ...draft.trigger, kind: 'interval', every: '1h' } },
        chained,
      ),
    ).toEqual({ ...rest, trigger: { kind: 'interval', every: '1h' } });
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
