import { ChevronDown } from 'lucide-react';
import { Link } from 'react-aria-components';
import type { MissedPolicy } from '../../../contract/schedule.ts';
import type { ScheduleView } from '../../../contract/views.ts';
import type { WakeLine } from '../../../contract/wake.ts';
import { routeHash } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { countOf } from '../../components/counts.ts';
import { Menu } from '../../components/Menu.tsx';
import { reasonWords } from '../../components/outcomes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { perform } from '../../state/client.ts';
import { say } from '../../state/toasts.ts';
import { useSchedule } from '../../state/use-schedules.ts';
import { RunNow } from './RunNow.tsx';
import styles from './WakeReviewCard.module.css';

/** One schedule of the wake review: what it missed, what was done, and what to do now and next time. */
export function WakeLineRow({ line }: { readonly line: WakeLine }) {
  const schedule = useSchedule(line.schedule);
  return (
    <li className={styles.line}>
      <Link className={styles.name ?? ''} href={routeHash({ view: 'run', row: line.row })}>
        {line.name}
      </Link>
      <span className={styles.what}>
        {countOf(line.slots, 'slot')}, <Span line={line} />
        <span className={styles.soft}>
          {' · '}
          <Done line={line} />
        </span>
      </span>
      <span className={styles.actions}>
        {schedule !== undefined && (
          <>
            <NextTime schedule={schedule} />
            <RunNow schedule={schedule} named />
          </>
        )}
      </span>
    </li>
  );
}

function Span({ line }: { readonly line: WakeLine }) {
  if (line.from === line.to) return <RelativeTime at={line.to} absolute="only" />;
  return (
    <>
      <RelativeTime at={line.from} absolute="only" /> to{' '}
      <RelativeTime at={line.to} absolute="only" />
    </>
  );
}

/** What was done about them, in few words. */
function Done({ line }: { readonly line: WakeLine }) {
  const { runs, startedAt, outcome, reason } = line;
  if (runs > 1) return <>{countOf(runs, 'run')} made up for them</>;
  if (startedAt !== null)
    return (
      <>
        the newest ran <RelativeTime at={startedAt} absolute="only" />
      </>
    );
  if (outcome === null) return <>the newest waits for its turn</>;
  if (reason === 'asleep' || reason === 'not-running') return <>nothing ran: they are let go</>;
  return <>nothing ran: {reasonWords(reason) ?? outcome}</>;
}

const policies: readonly (readonly [MissedPolicy, string, string])[] = [
  ['latest', 'Run the newest', 'the newest runs'],
  ['all', 'Run all', 'all run'],
  ['skip', 'Run none', 'none runs'],
];

/** What becomes of missed slots from now on: chosen here, kept in the schedule. */
function NextTime({ schedule }: { readonly schedule: ScheduleView }) {
  const { policy } = schedule.document.missed;
  const words = policies.find(([id]) => id === policy)?.[2] ?? policy;
  const choose = async (next: MissedPolicy, label: string): Promise<void> => {
    const changed = await perform('setMissed', { id: schedule.id, policy: next });
    if (changed !== null) say(`${schedule.name}: next time ${label}.`);
  };
  return (
    <Menu
      label={`Next time ${schedule.name} misses slots`}
      heading="Next time it misses slots"
      button={
        <Button size="s" variant="quiet" aria-label={`Next time for ${schedule.name}: ${words}`}>
          Next time
          <span className={styles.policy}>{words}</span>
          <ChevronDown className={styles.chevron} aria-hidden="true" />
        </Button>
      }
      entries={policies.map(([id, label, then]) => ({
        id,
        label,
        ...(id === policy ? { description: 'as it is now' } : {}),
        onAction: () => void choose(id, then),
      }))}
    />
  );
}
