import { X } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { HolidayPlace } from '../../../contract/calendars.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ComboBox } from '../../components/ComboBox.tsx';
import type { Choice } from '../../components/Select.tsx';
import { sentence } from '../../forms/sentence.ts';
import { fetchHolidayPlaces, useHolidayPlaces } from '../../state/use-holiday-places.ts';
import { dateWords } from './closed-words.ts';
import styles from './ClosedFields.module.css';
import { ComingList, ComingLoading } from './ComingList.tsx';
import { useReadClosed } from './use-read-closed.ts';

/** What the field of public holidays takes. */
export interface HolidaysFieldProps {
  /** A country or a region of one, `US-NY`; null: nobody's. */
  readonly holidays: string | null;
  readonly timezone: string | undefined;
  readonly fault: string | null;
  readonly onChange: (holidays: string | null) => void;
}

/** Whose public holidays close the hours, chosen by country and region, with those to come. */
export function HolidaysField(props: HolidaysFieldProps) {
  const { holidays, timezone, fault, onChange } = props;
  const { places, problem } = useHolidayPlaces();
  const reading = useReadClosed('holidays', holidays, timezone);
  const fields = useRef<HTMLDivElement>(null);
  useEffect(() => {
    void fetchHolidayPlaces();
  }, []);
  const read = reading.view?.faults[0]?.message;
  const found = fault ?? (read === undefined ? null : sentence(read));
  const shownFault = found === null ? null : (unknownWords(places, holidays) ?? found);
  return (
    <div className={styles.stack}>
      <div className={styles.place} ref={fields} tabIndex={-1}>
        <PlaceFields
          places={places}
          isWaiting={problem === null}
          holidays={holidays}
          fault={shownFault}
          onChange={onChange}
        />
        {holidays !== null && (
          <IconButton
            label="Remove the public holidays"
            onPress={() => {
              onChange(null);
              // The button is gone; the country is next. Focusing it itself would open its list.
              fields.current?.focus();
            }}
          >
            <X aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {problem !== null && (
        <Problem onRetry={() => void fetchHolidayPlaces()}>
          {`The countries couldn’t be listed. ${problem}`}
        </Problem>
      )}
      {holidays !== null && shownFault === null && <ComingHolidays reading={reading} />}
    </div>
  );
}

function placeOf(places: readonly HolidayPlace[] | null, holidays: string | null) {
  return places?.find(({ code }) => code === holidays?.slice(0, 2));
}

/** The code as the list spells it: files may write `US-ny`. */
function spelled(place: HolidayPlace | undefined, holidays: string | null): string | null {
  const known = place?.regions.find(({ code }) => code.toUpperCase() === holidays?.toUpperCase());
  return known?.code ?? holidays;
}

/** What is wrong with a code that isn't listed, in the words of a person who chooses from a list. */
function unknownWords(
  places: readonly HolidayPlace[] | null,
  holidays: string | null,
): string | null {
  if (places === null || holidays === null) return null;
  const place = placeOf(places, holidays);
  if (place === undefined)
    return `${holidays} is no country whose holidays are known; choose one of the list`;
  const code = spelled(place, holidays);
  const isListed = code === place.code || place.regions.some((region) => region.code === code);
  return isListed ? null : `${holidays} is no region of ${place.name}; choose one of the list`;
}

interface PlaceFieldsProps {
  readonly places: readonly HolidayPlace[] | null;
  /** Whether the places are on their way. */
  readonly isWaiting: boolean;
  readonly holidays: string | null;
  readonly fault: string | null;
  readonly onChange: (holidays: string) => void;
}

/** The country and, where it has any, its region. A code that isn't known stays a choice of its own. */
function PlaceFields(props: PlaceFieldsProps) {
  const { places, isWaiting, holidays, fault, onChange } = props;
  const country = holidays?.slice(0, 2) ?? null;
  const place = placeOf(places, holidays);
  const region = spelled(place, holidays);
  const countries = useMemo(() => withOwn(places ?? [], country), [places, country]);
  const regions = useMemo<readonly Choice[]>(
    () =>
      place === undefined
        ? []
        : [{ id: place.code, label: 'Whole country' }, ...withOwn(place.regions, region, place)],
    [place, region],
  );
  const hasRegions = regions.length > 1;
  const waiting = isWaiting ? 'Loading the countries…' : 'Not known just now';
  const placeholder = places === null ? waiting : 'None; choose a country';
  return (
    <>
      <ComboBox
        // What it shows is read from its choices when it is made.
        key={places === null ? 'waiting' : 'listed'}
        aria-label="Country of the public holidays"
        placeholder={placeholder}
        choices={countries}
        value={country}
        fault={hasRegions ? null : fault}
        isDisabled={places === null}
        onChange={(next) => {
          if (next !== country) onChange(next);
        }}
      />
      {hasRegions && (
        <ComboBox
          key={country}
          aria-label="Region of the public holidays"
          choices={regions}
          value={region}
          fault={fault}
          onChange={onChange}
        />
      )}
    </>
  );
}

/** Places as choices, and first the code in force where it is none of them. */
function withOwn(
  places: readonly { readonly code: string; readonly name: string }[],
  own: string | null,
  within: { readonly code: string } | null = null,
): readonly Choice[] {
  const isKnown = own === null || own === within?.code || places.some(({ code }) => code === own);
  return [
    ...(isKnown ? [] : [{ id: own, label: own }]),
    ...places.map(({ code, name }) => ({ id: code, label: name })),
  ];
}

function ComingHolidays({ reading }: { readonly reading: ReturnType<typeof useReadClosed> }) {
  if (reading.problem !== null)
    return (
      <Problem onRetry={reading.retry}>
        {`The holidays couldn’t be looked up. ${reading.problem}`}
      </Problem>
    );
  if (reading.view === null) return <ComingLoading label="Looking up the holidays" />;
  const { holidays } = reading.view;
  if (holidays.length === 0)
    return <p className={styles.quiet}>No coming public holiday is known for it.</p>;
  return (
    <ComingList
      label="Coming public holidays"
      coming={holidays.map(({ date, name }) => ({ when: dateWords(date), name }))}
    />
  );
}

interface ProblemProps {
  readonly children: string;
  readonly onRetry: () => void;
}

/** What couldn't be had, why, and the way on; small, within a field. */
export function Problem({ children, onRetry }: ProblemProps) {
  return (
    <div className={styles.problem} role="alert">
      <p>{children}</p>
      <Button size="s" onPress={onRetry}>
        Try again
      </Button>
    </div>
  );
}
