import Holidays from 'date-holidays';
import type { HolidayPlace } from '../../../contract/calendars.ts';
import { closedSchema } from '../../../contract/hours.ts';
import { kept } from '../../../contract/kept.ts';
import { daySeconds } from '../../schedule/civil.ts';
import type { ClosedYear } from '../../schedule/closed-calendar.ts';
import { shortName, unreadable } from './unreadable.ts';

// Rules of calendars tell nothing of other times, and some of them never end there.
const firstYear = 1900;
const lastYear = 2200;

type Named = Readonly<Record<string, string>>;

/** The library's lists of names; its own types leave out that a place may have no parts. */
interface PlaceNames {
  getCountries(language: string): Named;
  getStates(country: string, language: string): Named | undefined;
  getRegions(country: string, state: string, language: string): Named | undefined;
}

const names: PlaceNames = new Holidays();

function statesOf(country: string): Named {
  return names.getStates(country, 'en') ?? {};
}

function regionsOf(country: string, state: string): Named {
  return names.getRegions(country, state, 'en') ?? {};
}

/** The library's own spelling of a code among these; undefined where it has none. */
function spelled(code: string, among: Named): string | undefined {
  return Object.keys(among).find((one) => one.toUpperCase() === code.toUpperCase());
}

function noRegion(code: string, part: string, among: Named): Error {
  const codes = Object.keys(among).map((one) => `${code}-${one}`);
  if (codes.length === 0)
    return unreadable(`names ${part} in ${code}, which has no regions; write ${code}`);
  const shown = codes.slice(0, 12).join(', ');
  const more = codes.length > 12 ? ` or another of its ${String(codes.length)} regions` : '';
  return unreadable(
    `names ${part}, which is no region of ${code}; write ${code} alone, or ${shown}${more}`,
  );
}

/** The parts of a code in the library's spelling; an unknown country or region is refused. */
function checked(code: string): readonly string[] {
  const [country = '', state, region] = code.split('-');
  const known = spelled(country, names.getCountries('en'));
  if (known === undefined)
    throw unreadable(
      `names ${country}, no country whose holidays are known; write one such as US, DE-BY or GB-SCT, or the days off in closed.dates`,
    );
  if (state === undefined) return [known];
  const states = statesOf(known);
  const knownState = spelled(state, states);
  if (knownState === undefined) throw noRegion(known, state, states);
  if (region === undefined) return [known, knownState];
  const regions = regionsOf(known, knownState);
  const knownRegion = spelled(region, regions);
  if (knownRegion === undefined) throw noRegion(`${known}-${knownState}`, region, regions);
  return [known, knownState, knownRegion];
}

const holidaysOf = kept(50, (code: string): Holidays => {
  const [country = '', state, region] = checked(code);
  // With UTC as its zone the instants it tells are wall clocks, wherever this computer is.
  const options = { languages: ['en'], timezone: 'UTC' };
  const place = {
    country,
    ...(state === undefined ? {} : { state }),
    ...(region === undefined ? {} : { region }),
  };
  return new Holidays(place, options);
});

/** The first and last day whose noon lies inside a stretch of wall-clock seconds. */
function daysWithin(from: number, to: number): readonly [first: number, last: number] {
  const noon = daySeconds / 2;
  // One that begins at noon is half a day off, like those that begin at one: it closes no day.
  return [Math.floor((from - noon) / daySeconds) + 1, Math.ceil((to - noon) / daySeconds) - 1];
}

/**
 * The public holidays of a country or region (`US-NY`) in the years `from` to `to`, substitute days
 * included, each with its name in English where there is one. A holiday closes the local dates whose
 * noon it covers: some begin at sunset, some last days, and one of an afternoon closes none. Years
 * before 1900 and after 2200 have none. An unknown place is refused with its remedy.
 */
export function readHolidays(
  code: string,
  from: number,
  to: number,
): ReadonlyMap<number, ClosedYear> {
  const holidays = holidaysOf(code);
  const days = new Map<number, string>();
  // One that begins in December may reach into January.
  for (let year = Math.max(from - 1, firstYear); year <= Math.min(to, lastYear); year += 1)
    for (const { type, start, end, name } of holidays.getHolidays(year)) {
      if (type !== 'public') continue;
      const [first, last] = daysWithin(start.getTime() / 1_000, end.getTime() / 1_000);
      for (let day = first; day <= last; day += 1)
        if (!days.has(day)) days.set(day, shortName(name));
    }
  const years = new Map<number, ClosedYear>();
  const byYear = Map.groupBy(days, ([day]) => new Date(day * daySeconds * 1_000).getUTCFullYear());
  for (let year = from; year <= to; year += 1)
    years.set(year, { days: new Map(byYear.get(year)), times: [] });
  return years;
}

/** The countries whose holidays are known, with their regions, in English, sorted by name. */
export function readPlaces(): readonly HolidayPlace[] {
  const compare = new Intl.Collator('en').compare;
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
    compare(a.name, b.name);
  const writable = ({ code }: { readonly code: string }): boolean =>
    closedSchema.shape.holidays.safeParse(code).success;
  return Object.entries(names.getCountries('en'))
    .map(([country, name]) => {
      const regions = Object.entries(statesOf(country)).flatMap(([state, stateName]) => [
        { code: `${country}-${state}`, name: stateName },
        ...Object.entries(regionsOf(country, state)).map(([region, regionName]) => ({
          code: `${country}-${state}-${region}`,
          name: `${stateName}, ${regionName}`,
        })),
      ]);
      return { code: country, name, regions: regions.filter(writable).sort(byName) };
    })
    .sort(byName);
}
