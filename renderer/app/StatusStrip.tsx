import { ChevronDown, CirclePause, Play, TriangleAlert, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { standstills } from '../../contract/troubles.ts';
import type { HostView } from '../../contract/views.ts';
import { Button } from '../components/Button.tsx';
import { classes } from '../components/classes.ts';
import { Menu } from '../components/Menu.tsx';
import { RelativeTime } from '../components/RelativeTime.tsx';
import { pauseChoices, pauseFor, resume } from '../state/pause.ts';
import { useHost } from '../state/use-host.ts';
import { useRuns } from '../state/use-runs.ts';
import { useSchedules } from '../state/use-schedules.ts';
import styles from './StatusStrip.module.css';

/** What the strip takes. */
export interface StatusStripProps {
  readonly onRetry: () => void;
}

/**
 * The line above every screen: what runs, what comes next, and anything that stands in the way. It is
 * always there and always as high, so that nothing moves when something happens.
 */
export function StatusStrip({ onRetry }: StatusStripProps) {
  const { host, connection } = useHost();
  if (connection === 'lost')
    return (
      <Strip
        tone="person"
        icon={<Unplug />}
        action={
          <Button size="s" onPress={onRetry}>
            Try now
          </Button>
        }
      >
        <strong>The connection to Jackdaw is lost.</strong> Trying again; what you see may be old.
      </Strip>
    );
  if (connection === 'refused')
    return (
      <Strip tone="person" icon={<Unplug />}>
        <strong>This link isn’t valid any more.</strong> Open the link Jackdaw showed when it
        started.
      </Strip>
    );
  if (host === null) return <Strip tone="calm">{'\u00a0'}</Strip>;
  return <HostStrip host={host} />;
}

function HostStrip({ host }: { readonly host: HostView }) {
  if (host.troubles.some(({ code }) => standstills.has(code)))
    return (
      <Strip tone="person" icon={<TriangleAlert />}>
        <strong>Nothing runs now.</strong> Why, and what to do, stands below.
      </Strip>
    );
  if (!host.running)
    return (
      <Strip tone="person" icon={<TriangleAlert />}>
        <strong>The scheduler isn’t running here.</strong> {leaderWords(host)}
      </Strip>
    );
  if (host.pause !== null)
    return (
      <Strip
        tone="paused"
        icon={<CirclePause />}
        action={
          <Button size="s" icon={<Play />} onPress={() => void resume(null)}>
            Resume all
          </Button>
        }
      >
        <strong>All schedules are paused</strong>
        {host.pause.until === null ? ' until you resume them.' : ' until '}
        {host.pause.until !== null && (
          <>
            <RelativeTime at={host.pause.until} absolute="only" /> (
            <RelativeTime at={host.pause.until} />)
          </>
        )}
      </Strip>
    );
  return (
    <Strip tone="calm" action={<PauseAll />}>
      <Going />
      <ComingUp />
    </Strip>
  );
}

function leaderWords(host: HostView): string {
  const { leader } = host;
  if (leader === null) return 'Nothing will start by itself. Quit Jackdaw and start it again.';
  const who = { electron: 'the desktop app', headless: 'a headless host', command: 'a command' }[
    leader.host
  ];
  return `Another Jackdaw leads this data folder: ${who}, process ${String(leader.pid)}. Use that one, or quit it first.`;
}

function PauseAll() {
  return (
    <Menu
      label="Pause all schedules for"
      heading="Pause all schedules for"
      button={
        <Button size="s" variant="quiet" icon={<CirclePause />}>
          Pause all
          <ChevronDown className={styles.chevron} aria-hidden="true" />
        </Button>
      }
      entries={pauseChoices.map((choice) => ({
        id: choice.id,
        label: choice.label,
        onAction: () => void pauseFor(choice, null),
      }))}
    />
  );
}

function Going() {
  const open = useRuns((state) => state.open);
  const running = open.filter((entry) => entry.state === 'running' || entry.state === 'starting');
  const queued = open.filter((entry) => entry.state === 'queued').length;
  const first = running[0];
  const words =
    first === undefined
      ? 'Nothing is running'
      : running.length === 1
        ? `${first.scheduleName} is running`
        : `${String(running.length)} schedules are running`;
  return (
    <span className={classes(styles.part, first !== undefined && styles.going)}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.clip}>{words}</span>
      {queued > 0 && <span className={styles.soft}>{`${String(queued)} waiting`}</span>}
    </span>
  );
}

function ComingUp() {
  const schedules = useSchedules((state) => state.schedules);
  const next = (schedules ?? []).reduce<{ name: string; at: string } | null>(
    (soonest, schedule) => {
      const at = schedule.nextRun?.at;
      if (at === undefined || (soonest !== null && soonest.at <= at)) return soonest;
      return { name: schedule.name, at };
    },
    null,
  );
  if (next === null) return null;
  return (
    <span className={styles.part}>
      <span className={styles.soft}>Next</span>
      <span className={styles.clip}>{next.name}</span>
      <RelativeTime at={next.at} absolute="beside" />
    </span>
  );
}

function Strip({
  tone,
  icon,
  action,
  children,
}: {
  readonly tone: 'calm' | 'paused' | 'person';
  readonly icon?: ReactNode;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className={classes(styles.strip, styles[tone])}>
      <div
        className={styles.words}
        role={tone === 'calm' ? 'group' : 'status'}
        aria-label="State of Jackdaw"
      >
        {icon !== undefined && (
          <span className={styles.icon} aria-hidden="true">
            {icon}
          </span>
        )}
        {tone === 'calm' ? children : <span className={styles.clip}>{children}</span>}
      </div>
      {action}
    </div>
  );
}
