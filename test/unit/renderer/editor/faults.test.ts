import { zodResolver } from '@hookform/resolvers/zod';
import { describe, expect, it } from 'vitest';
import { newDraft, toDraft, type ScheduleDraft } from '../../../../renderer/views/editor/draft.ts';
import {
  checkDraft,
  draftSchema,
  forPreview,
  toFormFaults,
} from '../../../../renderer/views/editor/faults.ts';
import type { FieldDraft } from '../../../../renderer/views/editor/scrape-draft.ts';

const good: ScheduleDraft = toDraft({
  id: 'posts',
  name: 'Posts',
  trigger: { kind: 'interval', every: '30m' },
  scrape: { kind: 'page', url: 'https://example.com/', fields: { title: 'h3', date: '.date' } },
});

function withFields(...fields: readonly Partial<FieldDraft>[]): ScheduleDraft {
  const [first] = good.scrape.fields;
  if (first === undefined) throw new Error('the draft has fields');
  return {
    ...good,
    scrape: { ...good.scrape, fields: fields.map((field) => ({ ...first, ...field })) },
  };
}

describe('editor/faults', () => {
  it('finds nothing wrong with a finished draft', () => {
    expect(checkDraft(good, null).faults).toEqual([]);
  });

  it('names what a new schedule still needs, in the order of the form', () => {
    expect(checkDraft(newDraft, null).faults).toEqual([
      { path: 'name', message: 'give it a name' },
      { path: 'id', message: 'use 1 to 64 lower-case letters, digits and hyphens' },
      {
        path: 'scrape.url',
        message: 'write a whole address that begins with http:// or https://',
      },
      { path: 'scrape.fields', message: 'name at least one field' },
    ]);
  });

  it('marks the row of a field, whatever its name', () => {
    const long = 'a'.repeat(1001);
    const draft = withFields({ name: 'title' }, { name: 'date', pattern: long, as: 'date' });
    expect(checkDraft(draft, null).faults.map((fault) => fault.path)).toEqual([
      'scrape.fields.1.pattern',
    ]);
  });

  it('says which name is taken, missing or malformed at that row, and only there', () => {
    const draft = withFields({ name: 'title' }, { name: 'title' }, { name: '' }, { name: '2nd' });
    expect(checkDraft(draft, null).faults).toEqual([
      { path: 'scrape.fields.1.name', message: 'another field is called title; rename one' },
      { path: 'scrape.fields.2.name', message: 'give the field a name' },
      {
        path: 'scrape.fields.3.name',
        message: 'name a field with a letter, then letters, digits, _ or -',
      },
    ]);
  });

  it('puts faults of hours at their window', () => {
    const draft: ScheduleDraft = {
      ...good,
      hours: {
        ...good.hours,
        choice: 'own',
        own: {
          ...good.hours.own,
          week: {
            ...good.hours.own.week,
            tue: [
              { opens: '09:00', closes: '12:00' },
              { opens: '13:00', closes: '13:00' },
            ],
          },
          dates: ['2026-02-30'],
        },
      },
    };
    expect(checkDraft(draft, null).faults).toEqual([
      {
        path: 'hours.own.week.tue.1',
        message: 'opens and closes at the same time; for the whole day write 00:00-24:00',
      },
      { path: 'hours.own.dates', message: 'write a date that exists, as 2026-12-25' },
    ]);
  });

  it('puts what main finds at the fields of the form', () => {
    const faults = [
      { path: 'trigger.expression', message: 'has 4 fields; write 5 or 6' },
      { path: 'scrape.fields.date', message: 'is no selector' },
      { path: 'scrape.fields.date.format', message: 'is no date format' },
      { path: 'hours', message: 'names no profile known here' },
    ];
    expect(toFormFaults(faults, good)).toEqual([
      { path: 'trigger.expression', message: 'has 4 fields; write 5 or 6' },
      { path: 'scrape.fields.1.select', message: 'is no selector' },
      { path: 'scrape.fields.1.format', message: 'is no date format' },
      { path: 'hours', message: 'names no profile known here' },
    ]);
  });

  it('puts faults of a trigger at the fields of its kind', () => {
    const calendar = {
      ...good,
      trigger: {
        ...good.trigger,
        kind: 'calendar' as const,
        calendar: { times: ['09:00', '9:0'], on: [], months: [] },
      },
    };
    expect(checkDraft(calendar, null).faults).toEqual([
      {
        path: 'trigger.calendar.times.1',
        message: 'write a time of day from 00:00 to 23:59',
      },
    ]);
    const paths = ['trigger.on', 'trigger.months[2]', 'trigger.at', 'after'];
    expect(
      toFormFaults(
        paths.map((path) => ({ path, message: 'is wrong' })),
        calendar,
      ).map(({ path }) => path),
    ).toEqual([
      'trigger.calendar.on',
      'trigger.calendar.months',
      'trigger.calendar.times',
      'trigger.after.schedule',
    ]);
    const once = { ...good, trigger: { ...good.trigger, kind: 'once' as const, once: 'T09:00' } };
    expect(checkDraft(once, null).faults).toEqual([
      { path: 'trigger.once', message: 'write a local date and time, as 2026-12-01T09:00' },
    ]);
  });

  it('asks for the schedule that is followed, which isn’t this one', () => {
    const after = (schedule: string): ScheduleDraft => ({
      ...good,
      trigger: { ...good.trigger, kind: 'after', after: { schedule, on: 'success' } },
    });
    expect(checkDraft(after(''), null).faults).toEqual([
      { path: 'trigger.after.schedule', message: 'choose the schedule it comes after' },
    ]);
    expect(checkDraft(after('posts'), null).faults).toEqual([
      {
        path: 'trigger.after.schedule',
        message: 'it can’t come after itself; choose another schedule',
      },
    ]);
    expect(checkDraft(after('other'), null).faults).toEqual([]);
  });

  it('works as the schema of react-hook-form', async () => {
    const draft = withFields({ name: 'title' }, { name: 'title' });
    const resolve = zodResolver(draftSchema(null));
    const { errors } = await resolve(draft, undefined, {
      fields: {},
      shouldUseNativeValidation: false,
    });
    expect(errors).toMatchObject({
      scrape: {
        fields: [undefined, { name: { message: 'another field is called title; rename one' } }],
      },
    });
  });

  it('asks for the next runs while name and page are still empty', () => {
    expect(forPreview(checkDraft(newDraft, null))).toEqual({
      id: 'draft',
      name: 'Draft',
      trigger: { kind: 'interval', every: '30m' },
      scrape: { kind: 'page', url: 'https://example.com/', fields: { text: 'body' } },
    });
  });

  it('leaves a faulty policy out of the question, and asks nothing about a faulty trigger', () => {
    const odd = { ...good, timeout: 'soon' };
    expect(forPreview(checkDraft(odd, null))).toEqual(checkDraft(good, null).candidate);
    const never = { ...good, trigger: { ...good.trigger, every: '2s' } };
    expect(forPreview(checkDraft(never, null))).toBeNull();
  });
});
