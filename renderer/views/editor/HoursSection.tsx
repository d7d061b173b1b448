import { memo, useContext, useMemo } from 'react';
import type { HoursView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { ComboBox } from '../../components/ComboBox.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { useHost } from '../../state/use-host.ts';
import { hoursName, useHours } from '../../state/use-hours.ts';
import { useSettings } from '../../state/use-settings.ts';
import { toHoursDraft } from '../hours/hours-draft.ts';
import { HoursFields } from '../hours/HoursFields.tsx';
import { hoursWords } from '../hours/week-shape.ts';
import { WeekDrawing } from '../hours/WeekDrawing.tsx';
import { ChoiceInput } from './fields.tsx';
import { FaultsContext, useFaultAt, useField } from './form.ts';
import styles from './HoursSection.module.css';
import { sentence } from '../../forms/sentence.ts';
import { Section } from './Section.tsx';

const kinds = [
  { id: 'default', label: 'Default' },
  { id: 'always', label: 'Always' },
  { id: 'profile', label: 'Named hours' },
  { id: 'own', label: 'Own hours' },
] as const;

const outsideWords = {
  skip: 'What falls outside the hours isn’t run.',
  defer: 'What falls outside the hours runs once, when they open again.',
} as const;

/** When the schedule is allowed to run: on and off is one press. */
export const HoursSection = memo(function HoursSection() {
  const choice = useField('hours.choice');
  const profile = useField('hours.profile');
  const profiles = useHours(({ hours }) => hours) ?? [];
  const fault = useFaultAt('hours', true);

  const choose = (next: (typeof kinds)[number]['id']): void => {
    choice.change(next);
    const first = profiles[0]?.profile.id;
    if (next === 'profile' && profile.value === '' && first !== undefined) profile.change(first);
  };

  return (
    <Section title="Active hours">
      <div data-field="hours">
        <Segmented
          aria-label="Which active hours"
          choices={kinds}
          value={choice.value}
          onChange={choose}
        />
      </div>
      {choice.value === 'default' && <DefaultHours />}
      {choice.value === 'always' && (
        <p className={styles.words}>Runs at any time of day, on any day.</p>
      )}
      {choice.value === 'profile' && <NamedHours />}
      {choice.value === 'own' && <OwnHours />}
      {fault !== null && choice.value !== 'profile' && <p className={styles.fault}>{fault}</p>}
      <div className={styles.pair}>
        {choice.value !== 'always' && <Outside />}
        <Zone />
      </div>
    </Section>
  );
});

function DefaultHours() {
  const id = useSettings(({ settings }) => settings?.values.defaultHours ?? 'always');
  const profiles = useHours(({ hours }) => hours) ?? [];
  const view = profiles.find((one) => one.profile.id === id);
  if (view === undefined)
    return (
      <p className={styles.words}>
        At present that is always. <HoursLink>Choose default hours</HoursLink>
      </p>
    );
  return (
    <div className={styles.shown}>
      <HoursShown lead="At present that is " view={view} />
    </div>
  );
}

/** Named hours in words and drawn: which are in effect is never a guess. */
function HoursShown({ lead = '', view }: { readonly lead?: string; readonly view: HoursView }) {
  const hours = toHoursDraft(view.profile);
  return (
    <>
      <p className={styles.words}>
        {lead}
        {hoursName(view)}: {hoursWords(hours)}.
      </p>
      <WeekDrawing hours={hours} />
    </>
  );
}

function HoursLink({ children }: { readonly children: string }) {
  return (
    <Button
      size="s"
      variant="quiet"
      onPress={() => {
        go({ view: 'hours' });
      }}
    >
      {children}
    </Button>
  );
}

function NamedHours() {
  const { value } = useField('hours.profile');
  const fault = useFaultAt('hours', true);
  const profiles = useHours(({ hours }) => hours) ?? [];
  const view = profiles.find((one) => one.profile.id === value);
  if (profiles.length === 0 && value === '')
    return (
      <p className={styles.words}>
        There are no named hours yet. <HoursLink>Make some</HoursLink>
      </p>
    );
  const known = profiles.map((one) => ({
    id: one.profile.id,
    label: hoursName(one),
    description: hoursWords(toHoursDraft(one.profile)),
  }));
  const isUnknown = value !== '' && view === undefined;
  return (
    <div className={styles.shown}>
      <ChoiceInput
        name="hours.profile"
        aria-label="Named hours"
        choices={isUnknown ? [...known, { id: value, label: value }] : known}
      />
      {fault !== null && <p className={styles.fault}>{fault}</p>}
      {view !== undefined && <HoursShown view={view} />}
    </div>
  );
}

function OwnHours() {
  const own = useField('hours.own');
  const zone = useField('timezone');
  const usual = useSettings(({ settings }) => settings?.values.timezone);
  const { byPath } = useContext(FaultsContext);
  const at = (path: string): string | null => {
    const message = byPath.get(path);
    return message === undefined ? null : sentence(message);
  };
  return (
    <HoursFields
      hours={own.value}
      onChange={own.change}
      faultOf={(day, index) =>
        at(`hours.own.week.${day}.${String(index)}`) ??
        (index === 0 ? at(`hours.own.week.${day}`) : null)
      }
      closedFaultAt={(part) => at(`hours.own.${part}`)}
      timezone={zone.value !== '' && zone.fault === null ? zone.value : (usual ?? undefined)}
    />
  );
}

function Outside() {
  const outside = useField('outside');
  return (
    <div className={styles.outside} data-field="outside">
      <span className={styles.label}>Outside the hours</span>
      <div>
        <Segmented
          aria-label="Outside the hours"
          choices={[
            { id: 'skip', label: 'Skip' },
            { id: 'defer', label: 'Wait for the opening' },
          ]}
          value={outside.value}
          onChange={outside.change}
        />
      </div>
      <p className={styles.help}>{outsideWords[outside.value]}</p>
    </div>
  );
}

const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')].map((id) => ({ id, label: id }));
const thisComputer = 'this computer';

function Zone() {
  const zone = useField('timezone');
  const usual = useSettings(({ settings }) => settings?.values.timezone);
  const computers = useHost(({ host }) => host?.timezone);
  const implied = usual ?? computers;
  const own = implied === undefined ? 'This computer’s' : `Usual (${implied})`;
  // A list of hundreds: it is built anew only when it changes.
  const choices = useMemo(() => {
    const isOdd = zone.value !== '' && !zones.some(({ id }) => id === zone.value);
    const odd = isOdd ? [{ id: zone.value, label: zone.value }] : [];
    return [{ id: thisComputer, label: own }, ...odd, ...zones];
  }, [own, zone.value]);
  return (
    <div data-field="timezone">
      <ComboBox
        label="Time zone"
        fault={zone.fault}
        choices={choices}
        value={zone.value === '' ? thisComputer : zone.value}
        onChange={(next) => {
          zone.change(next === thisComputer ? '' : next);
          zone.leave();
        }}
      />
    </div>
  );
}
