import type { Hours } from '../../../contract/hours.ts';
import { weekdays, type Weekday } from '../../../contract/trigger.ts';

/** One window of a day as typed; both ends may be unfinished text. */
export interface WindowDraft {
  readonly opens: string;
  readonly closes: string;
}

/** The windows of each weekday; an empty list is a closed day. */
export type WeekDraft = Readonly<Record<Weekday, readonly WindowDraft[]>>;

/** Active hours as a form holds them. */
export interface HoursDraft {
  /** Open on every day and all day, but for excluded dates; the week is then left out. */
  readonly always: boolean;
  readonly week: WeekDraft;
  readonly dates: readonly string[];
  /** Whose public holidays close them, `US-NY`; null: nobody's. */
  readonly holidays: string | null;
  /** The text of a calendar whose events close them; null: none. */
  readonly ics: string | null;
}

function weekOf(windowsOf: (day: Weekday) => readonly WindowDraft[]): WeekDraft {
  return {
    mon: windowsOf('mon'),
    tue: windowsOf('tue'),
    wed: windowsOf('wed'),
    thu: windowsOf('thu'),
    fri: windowsOf('fri'),
    sat: windowsOf('sat'),
    sun: windowsOf('sun'),
  };
}

const businessDays: ReadonlySet<Weekday> = new Set(['mon', 'tue', 'wed', 'thu', 'fri']);
const officeWindow: WindowDraft = { opens: '09:00', closes: '17:00' };
const nightWindow: WindowDraft = { opens: '22:00', closes: '06:00' };
const wholeDay: WindowDraft = { opens: '00:00', closes: '24:00' };

/** A starting point for a week, by a name a person knows. */
export interface Preset {
  readonly name: string;
  readonly always: boolean;
  readonly week: WeekDraft;
}

/** The weeks people ask for first. */
export const presets: readonly Preset[] = [
  {
    name: 'Business hours',
    always: false,
    week: weekOf((day) => (businessDays.has(day) ? [officeWindow] : [])),
  },
  { name: 'Nights', always: false, week: weekOf(() => [nightWindow]) },
  {
    name: 'Weekend',
    always: false,
    week: weekOf((day) => (businessDays.has(day) ? [] : [wholeDay])),
  },
  { name: 'Always', always: true, week: weekOf(() => []) },
];

/** What new hours begin with: Monday to Friday, 9 to 17. */
export const newHours: HoursDraft = {
  always: false,
  week: weekOf((day) => (businessDays.has(day) ? [officeWindow] : [])),
  dates: [],
  holidays: null,
  ics: null,
};

function toWindowDraft(text: string): WindowDraft {
  const [opens = '', closes = ''] = text.split('-');
  return { opens, closes };
}

/** Stored hours as a form holds them. */
export function toHoursDraft(hours: Hours): HoursDraft {
  const { week, closed } = hours;
  return {
    always: week === undefined,
    week:
      week === undefined ? newHours.week : weekOf((day) => (week[day] ?? []).map(toWindowDraft)),
    dates: closed?.dates ?? [],
    holidays: closed?.holidays ?? null,
    ics: closed?.ics ?? null,
  };
}

function windowText(window: WindowDraft): string {
  return `${window.opens}-${window.closes}`;
}

/** What closes the hours, as the document writes it; undefined where nothing does. */
function toClosed(draft: HoursDraft, before: Hours['closed']): Hours['closed'] {
  const isListed = draft.dates.length > 0 || before?.dates !== undefined;
  const closed = {
    ...(isListed ? { dates: [...draft.dates] } : {}),
    ...(draft.holidays === null ? {} : { holidays: draft.holidays }),
    ...(draft.ics === null ? {} : { ics: draft.ics }),
  };
  const wasEmpty = before !== undefined && Object.keys(before).length === 0;
  return Object.keys(closed).length > 0 || wasEmpty ? closed : undefined;
}

/**
 * Hours as the document writes them, upon what was stored: a closed day and an empty list of dates
 * stay written the way they were, as an empty list or left out.
 */
export function toHours(draft: HoursDraft, base: Hours | null): Hours {
  const { week: weekBefore, closed: closedBefore, ...rest } = base ?? {};
  const days = weekdays
    .filter((day) => draft.week[day].length > 0 || weekBefore?.[day] !== undefined)
    .map((day) => [day, draft.week[day].map(windowText)] as const);
  const closed = toClosed(draft, closedBefore);
  return {
    ...rest,
    ...(draft.always ? {} : { week: Object.fromEntries(days) }),
    ...(closed === undefined ? {} : { closed }),
  };
}

/** The draft with one day's windows replaced. */
export function withDay(week: WeekDraft, day: Weekday, windows: readonly WindowDraft[]): WeekDraft {
  return { ...week, [day]: windows };
}

/** The draft with one day's windows copied to other days. */
export function copyDay(week: WeekDraft, from: Weekday, to: readonly Weekday[]): WeekDraft {
  return weekOf((day) => (to.includes(day) ? week[from] : week[day]));
}
