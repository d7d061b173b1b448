import type { HistoryEntry, Outcome, RecordRow, RunCounts } from '../../contract/ledger.ts';
import { scheduleSchema, type ScheduleInput } from '../../contract/schedule.ts';
import { defaultSettings } from '../../contract/settings.ts';
import { rowOfCursor, type Story } from '../../contract/story.ts';
import { toInstant } from '../../contract/time.ts';
import type { HostView, ScheduleView, Snapshot } from '../../contract/views.ts';
import type { ZoneMove } from '../../contract/zones.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** What a scheduled page looks like where a test doesn't care. */
export function aView(nowMs: number, changes: Partial<ScheduleView> = {}): ScheduleView {
  const id = changes.id ?? 'flink-posts';
  const name = changes.name ?? 'Flink blog';
  const input: ScheduleInput = {
    id,
    name,
    trigger: { kind: 'interval', every: '30m' },
    scrape: { kind: 'page', url: `https://${id}.example/posts/`, fields: { title: 'h3 a' } },
  };
  const atMs = Math.ceil((nowMs + 1) / (30 * minuteMs)) * 30 * minuteMs;
  return {
    id,
    name,
    enabled: true,
    state: 'waiting',
    trigger: 'every 30 minutes',
    hours: 'Always (default)',
    timezone: 'Europe/Berlin',
    pause: null,
    failures: 0,
    pausedBy: null,
    open: true,
    nextRun: { at: toInstant(atMs), local: '2026-11-23T09:00:00+01:00' },
    why: [{ code: 'trigger', params: {}, text: 'every 30 minutes → the next half hour' }],
    last: null,
    strip: [],
    rows: null,
    document: scheduleSchema.parse(input),
    ...changes,
  };
}

/** Counts of a run; `same` is what is left. */
export function someCounts(changes: Partial<RunCounts> = {}): RunCounts {
  const counts = { pages: 24, notModified: 0, rows: 237, new: 0, changed: 0, gone: 0, ...changes };
  return { ...counts, same: counts.rows - counts.new - counts.changed };
}

/** A row of the history where a test doesn't care. */
export function anEntry(atMs: number, changes: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    cursor: `${String(atMs)}.r1`,
    run: 1,
    schedule: 'flink-posts',
    scheduleName: 'Flink blog',
    cause: 'slot',
    attempt: 1,
    slotAt: toInstant(atMs),
    firstSlotAt: toInstant(atMs),
    coalesced: 1,
    recordedAt: toInstant(atMs),
    startedAt: toInstant(atMs),
    endedAt: toInstant(atMs + 26_000),
    durationMs: 26_400,
    state: 'ended',
    outcome: 'success',
    reason: null,
    message: null,
    counts: someCounts(),
    ...changes,
  };
}

/** A slot that didn't run. */
export function aStill(atMs: number, outcome: 'skipped' | 'missed', reason: string): HistoryEntry {
  return anEntry(atMs, {
    cursor: `${String(atMs)}.s1`,
    run: null,
    startedAt: null,
    endedAt: toInstant(atMs),
    durationMs: null,
    outcome,
    reason,
    counts: null,
  });
}

/** A journey from Berlin to New York that nobody has dismissed. */
export const aMove: ZoneMove = {
  from: 'Europe/Berlin',
  to: 'America/New_York',
  at: '2026-11-20T08:00:30Z',
  follow: 3,
  keep: 2,
  text:
    'This computer moved from Europe/Berlin to America/New_York. ' +
    '3 schedules follow it; 2 keep their own zone.',
};

/** A headless host that leads and runs. */
export function aHost(nowMs: number, changes: Partial<HostView> = {}): HostView {
  return {
    leader: { host: 'headless', pid: 4711, version: '0.1.0', since: toInstant(nowMs - hourMs) },
    running: true,
    pause: null,
    version: '0.1.0',
    timezone: 'Europe/Berlin',
    tz: '2025c',
    zones: { was: null, move: null, comparison: null, warns: false },
    troubles: [],
    dataFolder: '/home/corvus/.local/share/Jackdaw',
    logFolder: '/home/corvus/.local/share/Jackdaw/logs',
    abilities: { tray: false, loginItem: false, openFolder: false, power: false, network: false },
    review: null,
    askStartAtLogin: false,
    ...changes,
  };
}

/** A snapshot with nothing in it but the host. */
export function anEmptySnapshot(nowMs: number, changes: Partial<Snapshot> = {}): Snapshot {
  return {
    revision: { start: 'first', sequence: 0 },
    host: aHost(nowMs),
    settings: { values: defaultSettings, locked: {} },
    hours: [],
    schedules: [],
    runs: [],
    ...changes,
  };
}

function strip(nowMs: number, everyMs: number, text: string): ScheduleView['strip'] {
  const letters: Readonly<Record<string, Outcome>> = {
    s: 'success',
    p: 'partial',
    a: 'attention',
    f: 'failed',
    t: 'timed-out',
    c: 'cancelled',
    i: 'interrupted',
    k: 'skipped',
    m: 'missed',
  };
  return Array.from(text).map((letter, index) => ({
    outcome: letters[letter] ?? 'success',
    reason: letter === 'k' ? 'overlap' : letter === 'm' ? 'asleep' : null,
    at: toInstant(nowMs - (text.length - index) * everyMs),
    row: `s${String(index + 1)}`,
  }));
}

function page(id: string, name: string, url: string, more: Partial<ScheduleInput> = {}) {
  return scheduleSchema.parse({
    id,
    name,
    trigger: { kind: 'interval', every: '30m' },
    scrape: {
      kind: 'page',
      url,
      items: 'article',
      fields: { title: 'h3 a', url: { select: 'h3 a', attr: 'href' }, date: '.date' },
    },
    ...more,
  });
}

function trace(...texts: readonly string[]): ScheduleView['why'] {
  return texts.map((text, index) => ({ code: `step-${String(index)}`, params: {}, text }));
}

/** A Jackdaw that has been in use for a while: one schedule in each state a person may meet. */
export function aLivedInSnapshot(nowMs: number): Snapshot {
  const soonMs = Math.ceil((nowMs + 1) / (30 * minuteMs)) * 30 * minuteMs;
  const running = anEntry(nowMs - 14_000, {
    run: 1204,
    schedule: 'tenders',
    scheduleName: 'City tenders, construction and civil works',
    state: 'running',
    outcome: null,
    endedAt: null,
    durationMs: null,
    counts: someCounts({ pages: 7, rows: 140 }),
  });
  const schedules: ScheduleView[] = [
    aView(nowMs, {
      document: page('flink-posts', 'Flink blog', 'https://flink.apache.org/posts/'),
      hours: 'Office hours (default)',
      why: trace(
        'every 30 minutes → 18:00',
        'Office hours closed at 17:00',
        'Saturday and Sunday are closed',
        'next opening Monday 09:00',
      ),
      nextRun: { at: toInstant(soonMs + 39 * hourMs), local: '2026-11-23T09:00:00+01:00' },
      last: anEntry(nowMs - 4 * minuteMs, {
        run: 1203,
        counts: someCounts({ new: 2, changed: 1 }),
      }),
      strip: strip(nowMs, 30 * minuteMs, 'sssssskssssssssfssssssssssssss'),
      rows: 237,
    }),
    aView(nowMs, {
      id: 'tenders',
      name: 'City tenders, construction and civil works',
      state: 'running',
      document: page(
        'tenders',
        'City tenders',
        'https://www.vergabe.example.org/ausschreibungen/bau?sort=neu',
      ),
      trigger: 'every 15 minutes',
      last: anEntry(nowMs - 16 * minuteMs, {
        run: 1201,
        schedule: 'tenders',
        counts: someCounts({ rows: 1480, new: 12 }),
      }),
      strip: strip(nowMs, 15 * minuteMs, 'ssspssssssssssmmsssssssss'),
      rows: 1480,
    }),
    aView(nowMs, {
      id: 'prices',
      name: 'Heat pump prices',
      document: page('prices', 'Heat pump prices', 'https://shop.example.com/heat-pumps'),
      trigger: 'at 08:00 and 14:00 on weekdays',
      last: anEntry(nowMs - 2 * hourMs, {
        run: 1198,
        schedule: 'prices',
        outcome: 'attention',
        reason: 'no-items',
        message: 'The page has no .product any more; look at the selector in the editor.',
        counts: null,
      }),
      strip: strip(nowMs, 6 * hourMs, 'sssssssssssssaa'),
      rows: 64,
    }),
    aView(nowMs, {
      id: 'vacancies',
      name: 'Vacancies',
      document: page('vacancies', 'Vacancies', 'https://jobs.example.net/search?q=ornithologist'),
      trigger: 'every 2 hours',
      nextRun: { at: toInstant(nowMs + 43_000), local: '2026-11-21T18:00:00+01:00' },
      last: anEntry(nowMs - 27 * minuteMs, {
        run: 1202,
        schedule: 'vacancies',
        outcome: 'failed',
        reason: 'http-500',
        message: 'jobs.example.net answered 500 (Internal Server Error) three times.',
        counts: null,
      }),
      strip: strip(nowMs, 2 * hourMs, 'ssssssssssssssssssssssstffffff'),
      rows: 18,
    }),
    aView(nowMs, {
      id: 'releases',
      name: 'Node releases',
      state: 'paused',
      pause: { until: toInstant(nowMs + 3 * hourMs), why: 'user' },
      nextRun: null,
      document: page('releases', 'Node releases', 'https://nodejs.org/en/blog/release'),
      why: trace('paused by you', 'until 21:00 today'),
      last: anEntry(nowMs - 26 * hourMs, {
        run: 1100,
        schedule: 'releases',
        counts: someCounts({ rows: 40, pages: 1 }),
      }),
      strip: strip(nowMs, 24 * hourMs, 'ssssss'),
      rows: 40,
    }),
    aView(nowMs, {
      id: 'auctions',
      name: 'Auctions',
      state: 'paused',
      pause: { until: null, why: 'failures' },
      nextRun: null,
      document: page('auctions', 'Auctions', 'https://auctions.example.com/'),
      why: trace('paused after 5 failures in a row', 'resume it when the page is well again'),
      last: anEntry(nowMs - 30 * hourMs, {
        run: 1090,
        schedule: 'auctions',
        outcome: 'timed-out',
        message: 'The run was stopped at its deadline of 10 minutes.',
        counts: null,
      }),
      strip: strip(nowMs, hourMs, 'ssssssssttttt'),
      rows: 9,
    }),
    aView(nowMs, {
      id: 'archive',
      name: 'Meeting minutes archive',
      enabled: false,
      state: 'off',
      nextRun: null,
      document: page('archive', 'Meeting minutes archive', 'http://council.example.org/minutes'),
      trigger: 'every day at 06:00',
      why: trace('it is switched off'),
      strip: [],
    }),
    aView(nowMs, {
      id: 'moon',
      name: 'Full moon notes',
      state: 'never',
      nextRun: null,
      document: page('moon', 'Full moon notes', 'https://sky.example.com/moon'),
      trigger: '0 0 30 2 *',
      why: trace('cron “0 0 30 2 *” matches no date within 50 years'),
    }),
    aView(nowMs, {
      id: 'night',
      name: 'Night ledger',
      document: page('night', 'Night ledger', 'http://127.0.0.1:8123/ledger'),
      hours: 'Nights',
      last: { ...aStill(nowMs - 9 * hourMs, 'missed', 'asleep'), schedule: 'night' },
      strip: strip(nowMs, 2 * hourMs, 'smmsscssimsssskksss'),
      rows: 12,
    }),
  ];
  return anEmptySnapshot(nowMs, {
    schedules,
    runs: [running],
    hours: [
      {
        profile: {
          id: 'office',
          name: 'Office hours',
          week: {
            mon: ['09:00-12:30', '13:30-17:00'],
            tue: ['09:00-12:30', '13:30-17:00'],
            wed: ['09:00-12:30', '13:30-17:00'],
            thu: ['09:00-12:30', '13:30-17:00'],
            fri: ['09:00-15:00'],
          },
        },
        usedBy: ['flink-posts', 'prices'],
      },
      {
        profile: { id: 'nights', name: 'Nights', week: { mon: ['22:00-06:00'] } },
        usedBy: ['night'],
      },
    ],
    settings: {
      values: { ...defaultSettings, defaultHours: 'office' },
      locked: { concurrency: 'JACKDAW_CONCURRENCY' },
    },
  });
}

/** A history to page through: newest first, `length` rows, some of which didn't run. */
export function aHistory(nowMs: number, length: number): readonly HistoryEntry[] {
  const names = [
    ['flink-posts', 'Flink blog'],
    ['tenders', 'City tenders, construction and civil works'],
    ['vacancies', 'Vacancies'],
    ['prices', 'Heat pump prices'],
  ] as const;
  return Array.from({ length }, (_, index) => {
    const atMs = nowMs - (index + 1) * 11 * minuteMs;
    const [schedule, scheduleName] = names[index % names.length] ?? names[0];
    const base = { schedule, scheduleName, cursor: `${String(atMs)}.s${String(10_000 - index)}` };
    if (index % 9 === 4) return { ...aStill(atMs, 'skipped', 'overlap'), ...base };
    if (index % 13 === 6) return { ...aStill(atMs, 'missed', 'asleep'), ...base, coalesced: 5 };
    const run = 1203 - index;
    if (index % 7 === 2)
      return anEntry(atMs, {
        ...base,
        run,
        outcome: 'failed',
        reason: 'http-500',
        message: 'jobs.example.net answered 500 (Internal Server Error) three times.',
        counts: null,
        attempt: 3,
        durationMs: 92_000,
      });
    if (index % 17 === 3)
      return anEntry(atMs, {
        ...base,
        run,
        outcome: 'attention',
        message: 'The page has no .product any more; look at the selector in the editor.',
        counts: null,
        durationMs: 700,
      });
    return anEntry(atMs, {
      ...base,
      run,
      cause: index % 10 === 0 ? 'manual' : 'slot',
      counts: someCounts({
        new: index % 3,
        changed: index % 4 === 0 ? 2 : 0,
        gone: index % 5 === 0 ? 1 : 0,
      }),
    });
  });
}

/** The rows of a blog, a few new, changed and gone. */
export function someRecords(nowMs: number, length: number, gone: boolean): readonly RecordRow[] {
  const titles = [
    'Apache Flink 2.2.0: Advancing Real-Time Data and AI',
    'From Stream to Lakehouse: Kafka Ingestion with the Flink Dynamic Iceberg Sink',
    'Apache Flink Kubernetes Operator 1.13.0 Release Announcement',
    'How We Reduced the Checkpoint Size of a Very Large Job by Ninety Percent, and What It Cost',
    'Changelog State Backend',
  ];
  const rows = Array.from({ length }, (_, index): RecordRow => ({
    title: titles[index % titles.length] ?? '',
    url: `https://flink.apache.org/2026/11/${String(20 - (index % 20)).padStart(2, '0')}/post-${String(index)}/`,
    date: `2026-11-${String(20 - (index % 20)).padStart(2, '0')}`,
    comments: index % 6 === 0 ? null : index * 3,
    _key: `key-${String(index)}`,
    _state:
      index < 2 ? 'new' : index === 3 ? 'changed' : gone && index > length - 3 ? 'gone' : 'same',
    _firstSeenAt: toInstant(nowMs - index * 26 * hourMs),
    _lastSeenAt: toInstant(nowMs - 4 * minuteMs),
    _run: 1203,
  }));
  return rows;
}

/** The story of a row of the history, without anything that stood in its way, where a test doesn't care. */
export function aStory(entry: HistoryEntry, changes: Partial<Story> = {}): Story {
  const row = rowOfCursor(entry.cursor);
  const at = entry.slotAt ?? entry.recordedAt;
  const placed = { at, local: '2026-11-23T09:00:00+01:00' };
  return {
    row,
    schedule: entry.schedule,
    scheduleName: entry.scheduleName,
    timezone: 'Europe/Berlin',
    entry,
    slot: {
      ...placed,
      first: placed,
      coalesced: entry.coalesced,
      startAt: at,
      lateMs: entry.startedAt === null ? null : 0,
      window: null,
      retryAt: null,
      next: null,
    },
    plan: {
      trigger: 'every 30 minutes',
      hours: 'always',
      outside: 'skip',
      jitter: '0s',
      tz: '2025c',
      trace: [{ code: 'trigger', params: {}, text: 'every 30 minutes → 09:00' }],
      isCurrent: true,
    },
    why: [],
    told: [],
    attempts: entry.run === null ? [] : [{ row, entry, waitedMs: null }],
    usual: null,
    followed: [],
    remedies: [],
    ...changes,
  };
}
