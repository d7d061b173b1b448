import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RecordRow } from '../../../contract/ledger.ts';
import type { ScrapedRecord } from '../../../contract/scrape.ts';
import { exportText } from '../../../main/calls/records-text.ts';
import type { RunReport } from '../../../main/scrape/runner.ts';
import { aSchedule } from '../../support/builders.ts';
import { rowsAt, runWith } from '../../support/busy-app.ts';
import { openTestApp, type TestApp } from '../../support/test-app.ts';
import { settle } from '../../support/virtual-clock.ts';

let jackdaw: TestApp;
beforeEach(async () => {
  jackdaw = await openTestApp({ at: '2026-11-20T08:00:00Z' });
  await jackdaw.call('saveSchedule', { schedule: aSchedule(), create: true });
});
afterEach(async () => {
  await jackdaw.stop();
});

/** Runs it a minute later with these rows. Answers the run's number. */
async function runNext(records: readonly ScrapedRecord[]): Promise<number> {
  await jackdaw.clock.advance(60_000);
  return runWith(jackdaw, 'posts', records);
}

/** Runs it a minute later and lets it end otherwise. */
async function endNext(report: Partial<RunReport>): Promise<number> {
  await jackdaw.clock.advance(60_000);
  jackdaw.runner.answer = null;
  const { run } = await jackdaw.call('startRun', { id: 'posts' });
  jackdaw.runner.runs.at(-1)?.end(report);
  await settle();
  return run ?? 0;
}

async function list(given: { run?: number; gone?: boolean } = {}): Promise<readonly RecordRow[]> {
  return jackdaw.call('listRecords', { id: 'posts', ...given });
}

async function states(given: { run?: number; gone?: boolean } = {}): Promise<readonly unknown[]> {
  return (await list(given)).map((row) => [row['title'], row['_state']]);
}

describe('calls/records', () => {
  it('gives flat rows: the fields in their order, then Jackdaw’s own columns', async () => {
    expect(await list()).toEqual([]);
    const run = await runNext([
      { title: 'one', url: 'http://a.test/one', tags: ['a', 'b'], price: null },
    ]);
    const [row] = await list();
    expect(Object.entries(row ?? {})).toEqual([
      ['title', 'one'],
      ['url', 'http://a.test/one'],
      ['tags', ['a', 'b']],
      ['price', null],
      ['_key', 'http://a.test/one'],
      ['_state', 'new'],
      ['_firstSeenAt', '2026-11-20T08:01:00Z'],
      ['_lastSeenAt', '2026-11-20T08:01:00Z'],
      ['_run', run],
    ]);
  });

  it('tells new, changed, same and gone rows over three runs', async () => {
    const first = await runNext(rowsAt(['one', 1], ['two', 2], ['three', 3]));
    const second = await runNext(rowsAt(['four', 4], ['two', 20], ['three', 3]));
    const third = await runNext(rowsAt(['one', 1], ['two', 20], ['three', 3], ['four', 4]));
    expect(await states()).toEqual([
      ['one', 'new'],
      ['two', 'same'],
      ['three', 'same'],
      ['four', 'same'],
    ]);
    expect(await states({ run: first })).toEqual([
      ['one', 'new'],
      ['two', 'new'],
      ['three', 'new'],
    ]);
    expect(await states({ run: second })).toEqual([
      ['four', 'new'],
      ['two', 'changed'],
      ['three', 'same'],
    ]);
    const history = await jackdaw.history();
    expect(history.map(({ run, counts }) => [run, counts])).toEqual([
      [first, { pages: 1, notModified: 0, rows: 3, new: 3, changed: 0, gone: 0, same: 0 }],
      [second, { pages: 1, notModified: 0, rows: 3, new: 1, changed: 1, gone: 1, same: 1 }],
      [third, { pages: 1, notModified: 0, rows: 4, new: 1, changed: 0, gone: 0, same: 3 }],
    ]);
  });

  it('lists what is gone now, and what went with one run, as it was last', async () => {
    const first = await runNext(rowsAt(['one', 1], ['two', 2], ['three', 3]));
    const second = await runNext(rowsAt(['two', 2], ['three', 3]));
    const third = await runNext(rowsAt(['three', 3]));
    expect(await states({ gone: true })).toEqual([
      ['one', 'gone'],
      ['two', 'gone'],
    ]);
    expect(await list({ run: second, gone: true })).toEqual([
      {
        title: 'one',
        url: 'http://a.test/one',
        price: 1,
        _key: 'http://a.test/one',
        _state: 'gone',
        _firstSeenAt: '2026-11-20T08:01:00Z',
        _lastSeenAt: '2026-11-20T08:01:00Z',
        _run: second,
      },
    ]);
    expect(await states({ run: third, gone: true })).toEqual([['two', 'gone']]);
    expect(await states({ run: first, gone: true })).toEqual([]);
    await runNext(rowsAt(['one', 1], ['three', 3]));
    expect(await states({ gone: true })).toEqual([['two', 'gone']]);
  });

  it('stores equal rows once: a run that read the same shows them as its own', async () => {
    await runNext(rowsAt(['one', 1], ['two', 2]));
    const second = await runNext(rowsAt(['one', 1], ['two', 2]));
    expect(await list()).toEqual([
      expect.objectContaining({
        title: 'one',
        _state: 'same',
        _run: second,
        _firstSeenAt: '2026-11-20T08:01:00Z',
        _lastSeenAt: '2026-11-20T08:02:00Z',
      }) as unknown,
      expect.objectContaining({ title: 'two', _state: 'same', _run: second }) as unknown,
    ]);
    const third = await runNext(rowsAt(['two', 2], ['one', 1]));
    expect(await states({ run: third })).toEqual([
      ['two', 'same'],
      ['one', 'same'],
    ]);
  });

  it('keeps the last good rows when a run fails or reads only a part, and calls none of them gone', async () => {
    const good = await runNext(rowsAt(['one', 1], ['two', 2]));
    const partial = await endNext({ outcome: 'partial', records: rowsAt(['one', 9], ['new', 3]) });
    const failed = await endNext({ outcome: 'failed', reason: 'dns' });
    expect((await list()).map((row) => [row['title'], row['price'], row['_run']])).toEqual([
      ['one', 1, good],
      ['two', 2, good],
    ]);
    expect(await states({ run: partial })).toEqual([
      ['one', 'changed'],
      ['new', 'new'],
    ]);
    expect((await list({ run: partial }))[1]).toMatchObject({
      _firstSeenAt: null,
      _lastSeenAt: null,
    });
    expect(await list({ run: failed })).toEqual([]);
    expect(await list({ gone: true })).toEqual([]);
    expect((await jackdaw.call('getSchedule', { id: 'posts' })).rows).toBe(2);
  });

  it('takes a good run without rows for what it is: everything is gone', async () => {
    await runNext(rowsAt(['one', 1]));
    await runNext([]);
    expect(await list()).toEqual([]);
    expect(await states({ gone: true })).toEqual([['one', 'gone']]);
  });

  it('takes a field that is new or gone for no change, and one that both have for one', async () => {
    const one = { title: 'one', url: 'http://a.test/one' };
    await runNext([one]);
    await runNext([{ ...one, price: 1 }]);
    expect(await states()).toEqual([['one', 'same']]);
    await runNext([{ ...one, price: 2 }]);
    expect(await states()).toEqual([['one', 'changed']]);
    await runNext([one]);
    expect(await states()).toEqual([['one', 'same']]);
  });

  it('keeps the first of two rows with one key', async () => {
    await runNext([
      { title: 'first', url: 'http://a.test/' },
      { title: 'second', url: 'http://a.test/' },
    ]);
    expect(await states()).toEqual([['first', 'new']]);
  });

  it('keeps rows apart from another schedule’s, whatever their keys', async () => {
    await jackdaw.call('saveSchedule', { schedule: aSchedule({ id: 'other' }), create: true });
    await runNext(rowsAt(['one', 1]));
    await runWith(jackdaw, 'other', rowsAt(['one', 2]));
    expect((await list()).map((row) => row['price'])).toEqual([1]);
    expect(await states({ gone: true })).toEqual([]);
  });
});

describe('calls/records: export', () => {
  it('writes the rows listRecords gives, in three formats', async () => {
    await runNext(rowsAt(['one', 1], ['two', 2]));
    const rows = await list();
    const exported = async (format: 'jsonl' | 'csv' | 'json') =>
      jackdaw.call('exportRecords', { id: 'posts', format });
    const jsonl = await exported('jsonl');
    expect([jsonl.fileName, jsonl.mediaType]).toEqual(['posts.jsonl', 'application/jsonl']);
    expect(
      jsonl.text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(rows);
    expect(jsonl.text.endsWith('\n')).toBe(true);
    const json = await exported('json');
    expect([json.fileName, json.mediaType]).toEqual(['posts.json', 'application/json']);
    expect(JSON.parse(json.text)).toEqual(rows);
    expect(await exported('csv')).toEqual({
      fileName: 'posts.csv',
      mediaType: 'text/csv',
      text: [
        'title,url,price,_key,_state,_firstSeenAt,_lastSeenAt,_run',
        'one,http://a.test/one,1,http://a.test/one,new,2026-11-20T08:01:00Z,2026-11-20T08:01:00Z,1',
        'two,http://a.test/two,2,http://a.test/two,new,2026-11-20T08:01:00Z,2026-11-20T08:01:00Z,1',
        '',
      ].join('\r\n'),
    });
  });

  it('gives an empty file its header', async () => {
    const { text } = await jackdaw.call('exportRecords', { id: 'posts', format: 'csv' });
    expect(text).toBe('title,url,_key,_state,_firstSeenAt,_lastSeenAt,_run\r\n');
    expect((await jackdaw.call('exportRecords', { id: 'posts', format: 'jsonl' })).text).toBe('');
  });

  it('exports what is gone too', async () => {
    await runNext(rowsAt(['one', 1]));
    await runNext([]);
    const { text } = await jackdaw.call('exportRecords', {
      id: 'posts',
      format: 'csv',
      gone: true,
    });
    expect(text.split('\r\n')[1]).toContain(',gone,');
  });
});

/** The cells of the one row in a CSV text with the columns `a` and, if given, more. */
function csvRow(row: RecordRow, fields: readonly string[] = ['a']): string {
  const { text } = exportText('posts', 'csv', [row], fields);
  return text.slice(text.indexOf('\r\n') + 2);
}

describe('calls/records-text: CSV', () => {
  it.each([
    ['a comma', 'a,b', '"a,b"'],
    ['a quote', 'say "hi"', '"say ""hi"""'],
    ['a line break', 'a\nb', '"a\nb"'],
    ['a carriage return', 'a\rb', '"a\rb"'],
    ['both', 'a\r\nb', '"a\r\nb"'],
    ['nothing', '', ''],
    ['wide letters', 'Ünïcödé 🐦', 'Ünïcödé 🐦'],
  ])('quotes a cell with %s as RFC 4180 says', (_, value, expected) => {
    expect(csvRow({ a: value })).toBe(`${expected},,,,,\r\n`);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum(a1)', "'@sum(a1)"],
    ['  =1+1', "'  =1+1"],
    ['\t=1+1', "'\t=1+1"],
    ['\u3000=1', "'\u3000=1"],
    ['＝1+1', "'＝1+1"],
    ['＠a', "'＠a"],
    ['a=1', 'a=1'],
    ['5-1', '5-1'],
  ])('disarms what a spreadsheet would take for a formula: %j', (value, expected) => {
    expect(csvRow({ a: value })).toBe(`${expected},,,,,\r\n`);
  });

  it('disarms formulas in lists and in keys, and leaves numbers and booleans as they are', () => {
    expect(
      csvRow({ a: ['=1', '2'], b: -5, c: false, d: null, _key: '=x' }, ['a', 'b', 'c', 'd']),
    ).toBe("'=1; 2,-5,false,,'=x,,,,\r\n");
  });

  it('has a column for fields only old rows have, before Jackdaw’s own', () => {
    const { text } = exportText('posts', 'csv', [{ old: 1, a: 2, _key: 'k' }], ['a']);
    expect(text).toBe('a,old,_key,_state,_firstSeenAt,_lastSeenAt,_run\r\n2,1,k,,,,\r\n');
  });
});
