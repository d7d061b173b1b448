import { ChevronRight } from 'lucide-react';
import { useCallback } from 'react';
import { Button, Disclosure, DisclosurePanel } from 'react-aria-components';
import type { SlotView } from '../../../contract/views.ts';
import { Loading } from '../../components/States.tsx';
import { Trace } from '../../components/Trace.tsx';
import { absoluteText, fullText, isOtherZone, relativeText } from '../../time/words.ts';
import { useTicking } from '../../time/use-ticking.ts';
import styles from './NextRuns.module.css';
import type { PreviewState } from './use-preview.ts';

/** What the next runs take. */
export interface NextRunsProps {
  readonly state: PreviewState;
  /** Whether the times of the draft can't be read at present, so that nothing was asked. */
  readonly isUnreadable: boolean;
  readonly isEnabled: boolean;
  /** The next run of the stored schedule, to show what the edit changes; null where there is none. */
  readonly before: string | null;
}

/** The next ten runs of the draft, each with why it falls then. */
export function NextRuns({ state, isUnreadable, isEnabled, before }: NextRunsProps) {
  const { preview } = state;
  return (
    <section className={styles.panel} aria-labelledby="next-runs-title">
      <header className={styles.header}>
        <h2 id="next-runs-title" className={styles.title}>
          Next runs
        </h2>
        {preview !== null && preview.timezone !== '' && <ZoneNote zone={preview.timezone} />}
      </header>
      {!isEnabled && (
        <p className={styles.note}>It is switched off: these runs begin once it is on.</p>
      )}
      <Body state={state} isUnreadable={isUnreadable} before={before} />
    </section>
  );
}

function ZoneNote({ zone }: { readonly zone: string }) {
  const isOther = useTicking(useCallback((nowMs: number) => isOtherZone(zone, nowMs), [zone]));
  return isOther ? <span className={styles.zone}>times in {zone}</span> : null;
}

function Body({ state, isUnreadable, before }: Omit<NextRunsProps, 'isEnabled'>) {
  const { preview, problem } = state;
  if (isUnreadable)
    return <p className={styles.note}>They appear once the trigger and the hours can be read.</p>;
  if (problem !== null)
    return (
      <p className={styles.problem} role="alert">
        {problem}
      </p>
    );
  if (preview === null) return <Loading label="Loading the next runs" rows={3} />;
  if (preview.next.length > 0) return <Slots preview={preview} before={before} />;
  if (preview.why.length > 0)
    return (
      <div className={styles.never}>
        <p className={styles.neverTitle}>It never runs</p>
        <Trace trace={preview.why} />
      </div>
    );
  return (
    <p className={styles.note}>
      {preview.faults.length > 0
        ? 'They appear once the trigger and the hours can be read.'
        : 'It runs when another schedule’s run has ended: it has no times of its own.'}
    </p>
  );
}

interface SlotsProps {
  readonly preview: NonNullable<PreviewState['preview']>;
  readonly before: string | null;
}

function Slots({ preview, before }: SlotsProps) {
  const firstAt = preview.next[0]?.at;
  return (
    <>
      {before !== null && firstAt !== undefined && before !== firstAt && (
        <Moved from={before} to={firstAt} zone={preview.timezone} />
      )}
      <ol className={styles.slots} aria-label="Next runs">
        {preview.next.map((slot) => (
          <li key={slot.at}>
            <Slot slot={slot} zone={preview.timezone} />
          </li>
        ))}
      </ol>
    </>
  );
}

interface MovedProps {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
}

function Moved({ from, to, zone }: MovedProps) {
  const words = useTicking(
    useCallback(
      (nowMs: number) =>
        [from, to].map((at) => absoluteText(Date.parse(at), nowMs, zone)).join(' → '),
      [from, to, zone],
    ),
  );
  return <p className={styles.moved}>This edit moves the next run: {words}</p>;
}

function Slot({ slot, zone }: { readonly slot: SlotView; readonly zone: string }) {
  const atMs = Date.parse(slot.at);
  const relative = useTicking(useCallback((nowMs: number) => relativeText(atMs, nowMs), [atMs]));
  const absolute = useTicking(
    useCallback((nowMs: number) => absoluteText(atMs, nowMs, zone), [atMs, zone]),
  );
  // A slot right on its rhythm needs no words; one that was moved says by what.
  const moved = slot.trace.length > 1 ? slot.trace : [];
  const why = moved.map((entry) => entry.text).join('; ');
  return (
    <Disclosure className={styles.slot ?? ''}>
      <Button slot="trigger" className={styles.line ?? ''}>
        <time dateTime={slot.at} title={fullText(atMs, zone)} className={styles.at}>
          {absolute}
        </time>
        <span className={styles.why} title={why}>
          {why}
        </span>
        <span className={styles.relative}>{relative}</span>
        <ChevronRight className={styles.chevron} aria-hidden="true" />
      </Button>
      <DisclosurePanel>
        <div className={styles.trace}>
          <Trace trace={slot.trace} />
        </div>
      </DisclosurePanel>
    </Disclosure>
  );
}
