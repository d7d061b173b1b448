import type { IcsLine, IcsPart } from './ics-parts.ts';
import { readRule, wallsOf, type Steps } from './ics-rule.ts';
import { badLine, readProperty, readTimeText, timeOf, type ZoneFinder } from './ics-values.ts';
import { knownZone, zoneOfChanges, type OffsetChange, type Zone } from './ics-zones.ts';
import { shortName, unreadable } from './unreadable.ts';

const offsetPattern = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?$/;

function lineOf(part: IcsPart, name: string): IcsLine {
  const found = part.lines.find((line) => line.name === name);
  if (found !== undefined) return found;
  throw unreadable(
    `can't be read: the ${part.name} at line ${String(part.at)} has no ${name}; export the calendar again`,
  );
}

function offsetOf(part: IcsPart, name: string): number {
  const line = lineOf(part, name);
  const match = offsetPattern.exec(String(readProperty(line).values[0]));
  if (match === null) throw badLine(line, 'is no offset from UTC');
  const [hours = 0, minutes = 0, seconds = 0] = match
    .slice(2)
    .map((text: string | undefined) => Number(text ?? 0));
  const size = hours * 3_600 + minutes * 60 + seconds;
  // A zone is nowhere a day away from UTC, and the search for a wall time relies on it.
  if (size >= 86_400) throw badLine(line, 'is no offset from UTC');
  return match[1] === '-' ? -size : size;
}

const noZones: ZoneFinder = (name) => {
  throw unreadable(`can't be read: a time zone is described by another one, ${name}`);
};

/** The changes that one STANDARD or DAYLIGHT part describes, up to a wall second. */
function changesOf(part: IcsPart, to: number, steps: Steps): readonly OffsetChange[] {
  const from = offsetOf(part, 'TZOFFSETFROM');
  const offset = offsetOf(part, 'TZOFFSETTO');
  const startLine = lineOf(part, 'DTSTART');
  const start = readTimeText(readProperty(startLine).values[0]);
  if (start === null) throw badLine(startLine, 'has a date or time that does not exist');
  const walls = [start.wall];
  for (const line of part.lines) {
    if (line.name !== 'RDATE' && line.name !== 'RRULE') continue;
    const property = readProperty(line);
    if (line.name === 'RDATE')
      walls.push(...property.values.map((value) => timeOf(property, value, noZones).wall));
    else {
      const rule = readRule(property, (second) => second + from);
      const more = wallsOf(rule, start.wall, start.wall, to, steps);
      if (more === null) throw badLine(line, 'changes the clocks too often');
      walls.push(...more);
    }
  }
  return walls.map((wall) => ({ at: wall - from, from, to: offset }));
}

/**
 * Finds the zone a TZID names: this runtime's zone data where it knows the name, else the VTIMEZONE
 * of the file, read up to a second `to`; else the name is refused.
 */
export function fileZones(timezones: readonly IcsPart[], to: number, steps: Steps): ZoneFinder {
  const read = new Map<string, Zone>();
  const described = (name: string): Zone => {
    const part = timezones.find((one) => {
      const line = one.lines.find(({ name: property }) => property === 'TZID');
      return line !== undefined && String(readProperty(line).values[0]).trim() === name;
    });
    const changes = (part?.parts ?? [])
      .filter((one) => one.name === 'STANDARD' || one.name === 'DAYLIGHT')
      .flatMap((one) => changesOf(one, to, steps))
      .sort((a, b) => a.at - b.at);
    if (changes.length > 0) return zoneOfChanges(changes);
    throw unreadable(
      `can't be read: the time zone ${shortName(name)} is neither known here nor described in the file; export the calendar with its time zones`,
    );
  };
  return (name) => {
    const zone = read.get(name) ?? knownZone(name) ?? described(name);
    read.set(name, zone);
    return zone;
  };
}
