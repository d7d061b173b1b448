import type { ReactNode } from 'react';
import type { HostView, Leader, Status } from '../../../contract/views.ts';
import { countOf, countText } from '../../components/counts.ts';
import { classes } from '../../components/classes.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { durationText } from '../../time/words.ts';
import styles from './StatusView.module.css';

/** What the figures take. */
export interface StatusFactsProps {
  readonly status: Status;
  readonly host: HostView;
  /** Why the last question wasn't answered: then these figures are old. */
  readonly problem: string | null;
}

const hosts: Readonly<Record<Leader['host'], string>> = {
  electron: 'Desktop app',
  headless: 'Headless host',
  command: 'A command',
};

/** The figures of the scheduler. */
export function StatusFacts({ status, host, problem }: StatusFactsProps) {
  const { leader, last24h } = status;
  return (
    <dl className={styles.facts}>
      <Fact name="Scheduler" isLoud={!status.running || problem !== null}>
        {problem ?? schedulerWords(status)}
      </Fact>
      <Fact name="Leader">
        {leader === null ? 'None' : `${hosts[leader.host]}, process ${String(leader.pid)}`}
      </Fact>
      <Fact name="Since">{instant(status.startedAt)}</Fact>
      <Fact name="Last tick">{instant(status.lastTickAt)}</Fact>
      <Fact name="Lag">{length(status.lagMs)}</Fact>
      <Fact name="Now">
        {`${countOf(status.runningRuns, 'run')} going on, ${countText(status.queue)} waiting`}
      </Fact>
      <Fact name="Last 24 hours" isLoud={last24h.failed > 0}>
        {`${countOf(last24h.runs, 'run')}, ${countText(last24h.failed)} failed`}
      </Fact>
      <Fact name="Half of them took at most">{length(last24h.medianMs)}</Fact>
      <Fact name="99 of 100 started late by at most">{length(last24h.p99LatenessMs)}</Fact>
      <Fact name="Database">{bytesText(status.databaseBytes)}</Fact>
      <Fact name="Zone data">{status.tz}</Fact>
      <Fact name="Troubles" isLoud={host.troubles.length > 0}>
        {host.troubles.length === 0 ? 'None' : `${countText(host.troubles.length)}, named above`}
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  isLoud = false,
  children,
}: {
  readonly name: string;
  readonly isLoud?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd className={classes(isLoud && styles.loud)}>{children}</dd>
    </div>
  );
}

function schedulerWords({ running, paused }: Status): string {
  if (!running) return 'Not running';
  return paused === null ? 'Running' : 'Running, all schedules paused';
}

function instant(at: string | null): ReactNode {
  return at === null ? 'None yet' : <RelativeTime at={at} />;
}

function length(lengthMs: number | null): string {
  if (lengthMs === null) return 'Not known yet';
  return lengthMs < 1_000 ? `${String(Math.round(lengthMs))} ms` : durationText(lengthMs);
}

/** A size as people read it: `680 kB`, `12.4 MB`. */
function bytesText(bytes: number): string {
  if (bytes < 1_000_000) return `${String(Math.round(bytes / 1_000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
