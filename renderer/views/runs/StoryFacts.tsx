import type { ReactNode } from 'react';
import type { HistoryEntry } from '../../../contract/ledger.ts';
import type { Story } from '../../../contract/story.ts';
import { countOf, countText } from '../../components/counts.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { durationText, isOtherZone, spanText } from '../../time/words.ts';
import { causeWords } from './causes.ts';
import { RunDuration } from './RunDuration.tsx';
import styles from './Story.module.css';

/** What it was, in a line of facts: its slot, its start, how long it took and what it read. */
export function StoryFacts({ story }: { readonly story: Story }) {
  const { entry, slot } = story;
  return (
    <dl className={styles.facts}>
      {slot !== null && <SlotFact slot={slot} zone={story.timezone} />}
      {entry.run !== null && (
        <>
          <Fact name="Why it started">
            {causeWords[entry.cause]}
            {entry.attempt > 1 && `, attempt ${String(entry.attempt)}`}
          </Fact>
          <StartFacts story={story} />
        </>
      )}
      <ReadFacts entry={entry} />
    </dl>
  );
}

function SlotFact({
  slot,
  zone,
}: {
  readonly slot: NonNullable<Story['slot']>;
  readonly zone: string;
}) {
  const atMs = Date.parse(slot.at);
  return (
    <Fact name="Slot">
      <RelativeTime at={slot.at} absolute="below" zone={zone} />
      {isOtherZone(zone, atMs) && (
        <span className={styles.soft}>{`${slot.local.slice(11, 16)} in ${zone}`}</span>
      )}
      {slot.coalesced > 1 && (
        <span className={styles.soft}>{`the newest of ${countOf(slot.coalesced, 'slot')}`}</span>
      )}
    </Fact>
  );
}

/** How late a run began, in words; jitter is no lateness. */
function lateText(lateMs: number | null): string | null {
  if (lateMs === null) return null;
  return lateMs < 1_000 ? 'on time' : `${spanText(lateMs)} late`;
}

function StartFacts({ story }: { readonly story: Story }) {
  const { entry, slot, usual } = story;
  const isFirst = entry.attempt === 1 && entry.startedAt !== null;
  const late = isFirst ? lateText(slot?.lateMs ?? null) : null;
  return (
    <>
      <Fact name="Started">
        {entry.startedAt === null ? (
          entry.state === 'ended' ? (
            'Never'
          ) : (
            'Not yet'
          )
        ) : (
          <RelativeTime at={entry.startedAt} absolute="below" />
        )}
        {late !== null && <span className={styles.soft}>{late}</span>}
      </Fact>
      {entry.startedAt !== null && (
        <Fact name="Took">
          <RunDuration entry={entry} />
          {usual !== null && (
            <span className={styles.soft}>{usualText(entry.durationMs, usual.runMs)}</span>
          )}
        </Fact>
      )}
    </>
  );
}

/** A duration against the usual one: only what differs by half or more is worth a number. */
function usualText(durationMs: number | null, usualMs: number): string {
  const usual = durationText(usualMs);
  if (durationMs === null || usualMs < 1) return `usually ${usual}`;
  const times = durationMs / usualMs;
  if (times >= 1.5) return `${times.toFixed(times < 10 ? 1 : 0)} × the usual ${usual}`;
  return `usually ${usual}`;
}

function ReadFacts({ entry }: { readonly entry: HistoryEntry }) {
  const { counts, state } = entry;
  if (counts === null || !hasRead(entry)) return null;
  return (
    <>
      <Fact name="Pages">
        {countText(counts.pages)}
        {counts.notModified > 0 && (
          <span className={styles.soft}>{countText(counts.notModified)} unchanged</span>
        )}
      </Fact>
      <Fact name="Rows">{countText(counts.rows)}</Fact>
      {state === 'ended' && (
        <>
          <Fact name="New">{countText(counts.new)}</Fact>
          <Fact name="Changed">{countText(counts.changed)}</Fact>
          <Fact name="Gone">{countText(counts.gone)}</Fact>
        </>
      )}
    </>
  );
}

/** Whether a run got as far as reading anything; else its counts say nothing. */
function hasRead({ counts, outcome }: HistoryEntry): boolean {
  return outcome === 'success' || (counts !== null && counts.pages > 0);
}

interface FactProps {
  readonly name: string;
  readonly children: ReactNode;
}

function Fact({ name, children }: FactProps) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
