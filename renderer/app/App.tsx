import { type ReactNode, useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { assertNever } from '../assert-never.ts';
import { ErrorState } from '../components/States.tsx';
import { Toasts } from '../components/Toasts.tsx';
import { useHost } from '../state/use-host.ts';
import { useSettings } from '../state/use-settings.ts';
import { EditorView } from '../views/editor/EditorView.tsx';
import { HoursView } from '../views/hours/HoursView.tsx';
import { ResultsView } from '../views/results/ResultsView.tsx';
import { RunsView } from '../views/runs/RunsView.tsx';
import { StoryView } from '../views/runs/StoryView.tsx';
import { SchedulesView } from '../views/schedules/SchedulesView.tsx';
import { SettingsView } from '../views/settings/SettingsView.tsx';
import { StatusView } from '../views/status/StatusView.tsx';
import styles from './App.module.css';
import { LoginQuestion } from './LoginQuestion.tsx';
import { NavigationRail } from './NavigationRail.tsx';
import { type Route, routeOf, useHash } from './route.ts';
import { StatusStrip } from './StatusStrip.tsx';
import { Troubles } from './Troubles.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { ViewBoundary } from './ViewBoundary.tsx';
import { ZoneNotices } from './ZoneNotices.tsx';

/** The window: rail, strip, screen and messages. */
export function App({ onRetry }: { readonly onRetry: () => void }) {
  const hash = useHash();
  const route = routeOf(hash);
  useTheme();
  useShortcuts();
  return (
    <I18nProvider locale={navigator.language.startsWith('en') ? navigator.language : 'en-GB'}>
      <div className={styles.window}>
        <a
          className={styles.skip}
          href="#view"
          onClick={(event) => {
            event.preventDefault();
            document.getElementById('view')?.focus();
          }}
        >
          Skip to the screen
        </a>
        <NavigationRail view={route.view} />
        <main className={styles.main}>
          <StatusStrip onRetry={onRetry} />
          <Troubles />
          <ZoneNotices />
          <LoginQuestion />
          <div className={styles.screen} id="view" tabIndex={-1}>
            <Unreachable onRetry={onRetry}>
              <ViewBoundary key={screenKey(route)} name={screenNames[route.view]}>
                <Screen route={route} />
              </ViewBoundary>
            </Unreachable>
          </div>
        </main>
      </div>
      <Toasts />
    </I18nProvider>
  );
}

const screenNames: Readonly<Record<Route['view'], string>> = {
  schedules: 'the schedules',
  editor: 'the editor',
  runs: 'the runs',
  run: 'this run',
  results: 'the results',
  hours: 'the hours',
  status: 'the status',
  settings: 'the settings',
};

/** What tells one screen from another: another filter is the same screen, another schedule isn't. */
function screenKey(route: Route): string {
  switch (route.view) {
    case 'editor':
      return `editor ${route.schedule ?? ''}`;
    case 'run':
      return `run ${route.row}`;
    default:
      return route.view;
  }
}

function Screen({ route }: { readonly route: Route }) {
  switch (route.view) {
    case 'schedules':
      return <SchedulesView />;
    case 'editor':
      return <EditorView schedule={route.schedule} field={route.field} />;
    case 'runs':
      return <RunsView schedule={route.schedule} outcomes={route.outcomes} />;
    case 'run':
      return <StoryView row={route.row} />;
    case 'results':
      return <ResultsView schedule={route.schedule} />;
    case 'hours':
      return <HoursView />;
    case 'status':
      return <StatusView />;
    case 'settings':
      return <SettingsView />;
    default:
      return assertNever(route);
  }
}

/** Stands in for every screen while nothing was ever heard of the host. */
function Unreachable({
  onRetry,
  children,
}: {
  readonly onRetry: () => void;
  readonly children: ReactNode;
}) {
  const { host, problem, connection } = useHost();
  if (host !== null || problem === null) return children;
  return (
    <div className={styles.whole}>
      <ErrorState
        title={
          connection === 'refused' ? 'This link isn’t valid any more' : 'Jackdaw can’t be reached'
        }
        message={problem}
        {...(connection === 'refused' ? {} : { onRetry })}
      />
    </div>
  );
}

/** Puts the theme that is set on the root; `system` leaves it to the system. */
function useTheme(): void {
  const theme = useSettings(({ settings }) => settings?.values.theme ?? 'system');
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
