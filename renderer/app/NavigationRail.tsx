import {
  Activity,
  CalendarClock,
  Clock,
  History,
  type LucideIcon,
  Settings,
  TableProperties,
} from 'lucide-react';
import { Link } from 'react-aria-components';
import { classes } from '../components/classes.ts';
import { Jackdaw } from '../components/Jackdaw.tsx';
import { useHost } from '../state/use-host.ts';
import { useSchedules } from '../state/use-schedules.ts';
import styles from './NavigationRail.module.css';
import { type Route, routeHash } from './route.ts';

interface Place {
  readonly route: Route;
  readonly label: string;
  readonly icon: LucideIcon;
  /** The views that belong to this place. */
  readonly views: readonly Route['view'][];
}

const places: readonly Place[] = [
  {
    route: { view: 'schedules' },
    label: 'Schedules',
    icon: CalendarClock,
    views: ['schedules', 'editor'],
  },
  { route: { view: 'runs' }, label: 'Runs', icon: History, views: ['runs', 'run'] },
  { route: { view: 'results' }, label: 'Results', icon: TableProperties, views: ['results'] },
  { route: { view: 'hours' }, label: 'Hours', icon: Clock, views: ['hours'] },
  { route: { view: 'status' }, label: 'Status', icon: Activity, views: ['status'] },
];

const settings: Place = {
  route: { view: 'settings' },
  label: 'Settings',
  icon: Settings,
  views: ['settings'],
};

/** The way from screen to screen, always in sight. */
export function NavigationRail({ view }: { readonly view: Route['view'] }) {
  const version = useHost(({ host }) => host?.version ?? null);
  const alarming = useSchedules(({ schedules }) => (schedules ?? []).filter(needsLook).length);
  return (
    <nav className={styles.rail} aria-label="Screens">
      <div className={styles.brand}>
        <Jackdaw sizePx={26} />
        <span className={styles.name}>Jackdaw</span>
      </div>
      <ul className={styles.places}>
        {places.map((place) => (
          <PlaceLink
            key={place.label}
            place={place}
            isHere={place.views.includes(view)}
            count={place.route.view === 'schedules' ? alarming : 0}
          />
        ))}
      </ul>
      <ul className={styles.places}>
        <PlaceLink place={settings} isHere={view === 'settings'} count={0} />
      </ul>
      <div className={styles.version}>{version === null ? '\u00a0' : `Version ${version}`}</div>
    </nav>
  );
}

function needsLook(schedule: {
  readonly last: { readonly outcome: string | null } | null;
}): boolean {
  const outcome = schedule.last?.outcome;
  return outcome === 'attention' || outcome === 'failed' || outcome === 'timed-out';
}

function lookWords(count: number): string {
  return count === 1
    ? 'needs a look: its last run went wrong'
    : 'need a look: their last run went wrong';
}

function PlaceLink({
  place,
  isHere,
  count,
}: {
  readonly place: Place;
  readonly isHere: boolean;
  readonly count: number;
}) {
  const { icon: Icon, label, route } = place;
  return (
    <li>
      <Link
        href={routeHash(route)}
        className={classes(styles.place, isHere && styles.here)}
        {...(isHere ? { 'aria-current': 'page' } : {})}
      >
        <Icon className={styles.icon} aria-hidden="true" />
        {label}
        {count > 0 && (
          <span className={styles.count} title={lookWords(count)}>
            {count}
            <span className={styles.unseen}> {lookWords(count)}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
