import cronstrue from 'cronstrue';
import { kept } from '../../contract/kept.ts';
import { durationMs } from '../../contract/time.ts';
import { weekdays, type IntervalTrigger, type Trigger } from '../../contract/trigger.ts';
import { dayNumberOf, secondOfDay } from './civil.ts';
import { readCron } from './cron-grammar.ts';
import type { ActiveHours } from './types.ts';
import { clockWords, counted, listWords, monthName, plainDate, weekdayName } from './words.ts';

type CalendarTrigger = Extract<Trigger, { kind: 'calendar' }>;

const units = { s: 'second', m: 'minute', h: 'hour', d: 'day' } as const;

function everyWords(every: string): string {
  const count = Number(every.slice(0, -1));
  const unit = units[every.slice(-1) as keyof typeof units];
  return count === 1 ? `every ${unit}` : `every ${counted(count, unit)}`;
}

const dayMs = durationMs('1d');

function intervalWords(trigger: IntervalTrigger): string {
  const { every, anchor = '00:00', from, at } = trigger;
  if (every.endsWith('d') && from !== undefined && at !== undefined)
    return `${everyWords(every)} at ${at}, from ${plainDate(dayNumberOf(from))}`;
  if (durationMs(every) === dayMs) return `every day at ${anchor}`;
  return anchor === '00:00' ? everyWords(every) : `${everyWords(every)} from ${anchor}`;
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

function calendarDayWords(entry: NonNullable<CalendarTrigger['on']>[number]): string {
  if (typeof entry === 'number') return `day ${String(entry)}`;
  if (entry === 'last') return 'the last day of the month';
  const [name = '', nth] = entry.split('#');
  const weekday = weekdayName(weekdays.findIndex((one) => one === name));
  if (nth === undefined) return weekday;
  return `the ${nth === 'last' ? 'last' : (ordinals[Number(nth) - 1] ?? '')} ${weekday}`;
}

/** "Monday to Friday": three or more weekdays on end, where nothing else is named; null for others. */
function weekdayRun(on: NonNullable<CalendarTrigger['on']>): string | null {
  const numbers = on.map((entry) => weekdays.findIndex((day) => day === entry));
  const [first = -1] = numbers;
  const isRun = numbers.every((number, index) => number >= 0 && number === first + index);
  return isRun && on.length > 2
    ? `${weekdayName(first)} to ${weekdayName(first + on.length - 1)}`
    : null;
}

function calendarWords(trigger: CalendarTrigger): string {
  const { on } = trigger;
  const named = on === undefined ? '' : (weekdayRun(on) ?? listWords(on.map(calendarDayWords)));
  const days = on === undefined ? 'every day' : `on ${named}`;
  const months =
    trigger.months === undefined ? '' : ` in ${listWords(trigger.months.map(monthName))}`;
  return `${days}${months} at ${listWords(trigger.at)}`;
}

/** cronstrue's words, which write the last weekday as `5L` alone. */
function cronstrueWords(text: string, both: boolean): string {
  const words = cronstrue.toString(text.replaceAll(/#l/gi, 'L'), {
    use24HourTimeFormat: true,
    logicalAndDayFields: both,
  });
  return `${words.slice(0, 1).toLowerCase()}${words.slice(1)}`;
}

/** Where day of month or weekday is meant: each in words of its own, as cronstrue leaves the "or" out. */
function eitherWords(text: string): string {
  const fields = text.split(' ');
  const [day = '*', month = '*', weekday = '*'] = fields.slice(-3);
  const time = fields.slice(0, -3).join(' ');
  const base = cronstrueWords(`${time} * * *`, false);
  const first = cronstrueWords(`${time} ${day} ${month} *`, false);
  const second = cronstrueWords(`${time} * ${month} ${weekday}`, false);
  const other = second.startsWith(`${base}, `) ? second.slice(base.length + 2) : second;
  return `${first}, or ${other.replace(/^only /, '')}`;
}

function cronWords(expression: string): string {
  const shown = expression.trim();
  const reading = readCron(shown);
  if (!reading.ok) return `cron ${shown}`;
  const { starDOM: anyDay, starDOW: anyWeekday, useAndLogic: both } = reading.pattern;
  try {
    const words =
      anyDay || anyWeekday || both
        ? cronstrueWords(reading.text.replace(/ \+(?=\S+$)/, ' '), both)
        : eitherWords(reading.text);
    return `${words} (${shown})`;
  } catch {
    return `cron ${shown}`;
  }
}

/** The words of a cron expression: finding them takes longer than finding the next slot. */
const keptCronWords = kept(2_000, cronWords);

/** A trigger in plain words: "every 30 minutes", "every day at 09:00"; a cron with its expression. */
export function describeTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'interval':
      return intervalWords(trigger);
    case 'calendar':
      return calendarWords(trigger);
    case 'cron':
      return keptCronWords(trigger.expression);
    case 'once':
      return `once, on ${plainDate(dayNumberOf(trigger.at))} at ${clockWords(secondOfDay(trigger.at.slice(11)))}`;
  }
}

const afterWords = {
  success: 'succeeds',
  change: 'finds a change',
  failure: 'fails',
} as const;

/** What a chain waits for in plain words: "after Flink blog succeeds". */
export function describeAfter(on: keyof typeof afterWords, upstream: string): string {
  return `after ${upstream} ${afterWords[on]}`;
}

function shortDay(weekday: number): string {
  return weekdayName(weekday).slice(0, 3);
}

/** "Mon–Fri 09:00–17:00; Sat 10:00–12:00": neighbours with the same windows share an entry. */
function weekWords(week: NonNullable<ActiveHours['week']>): string {
  const words = weekdays.map((day) =>
    (week[day] ?? []).map((window) => window.replace('-', '–')).join(', '),
  );
  const groups: { first: number; last: number; text: string }[] = [];
  words.forEach((text, day) => {
    const group = groups.at(-1);
    if (group?.text === text) group.last = day;
    else groups.push({ first: day, last: day, text });
  });
  const open = groups.filter((group) => group.text !== '');
  if (open.length === 0) return 'never open';
  return open
    .map(({ first, last, text }) => {
      if (first === 0 && last === 6) return `every day ${text}`;
      const days = first === last ? shortDay(first) : `${shortDay(first)}–${shortDay(last)}`;
      return `${days} ${text}`;
    })
    .join('; ');
}

function hoursWords(hours: ActiveHours): string {
  const week = hours.week === undefined ? 'always' : weekWords(hours.week);
  const closed = [
    ...(hours.closed?.dates?.length ? [counted(hours.closed.dates.length, 'date')] : []),
    ...(hours.closed?.holidays === undefined ? [] : [`holidays of ${hours.closed.holidays}`]),
    ...(hours.closed?.ics === undefined ? [] : ['a calendar']),
  ];
  return closed.length === 0 ? week : `${week}, except ${listWords(closed)}`;
}

/** By the hours themselves, which nobody changes: an edit makes others. */
const keptHours = new WeakMap<ActiveHours, string>();

/** Active hours in plain words: "Mon–Fri 09:00–17:00, except 2 dates"; "always" for null. */
export function describeHours(hours: ActiveHours | null): string {
  if (hours === null) return 'always';
  const known = keptHours.get(hours);
  if (known !== undefined) return known;
  const words = hoursWords(hours);
  keptHours.set(hours, words);
  return words;
}
