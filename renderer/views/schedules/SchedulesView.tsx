import { Plus } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { ScheduleView } from '../../../contract/views.ts';
import { go } from '../../app/route.ts';
import { searchRequested, shortcutText } from '../../app/use-shortcuts.ts';
import { Button } from '../../components/Button.tsx';
import { countText } from '../../components/counts.ts';
import { SearchField } from '../../components/SearchField.tsx';
import { EmptyState, Loading } from '../../components/States.tsx';
import { Tip } from '../../components/Tip.tsx';
import { View } from '../../components/View.tsx';
import { hidesSchedules, useHost } from '../../state/use-host.ts';
import { rowOf, useSchedules } from '../../state/use-schedules.ts';
import { NoSchedules } from './NoSchedules.tsx';
import { SchedulesTable } from './SchedulesTable.tsx';
import { WakeReviewCard } from './WakeReviewCard.tsx';

/** All schedules: what each is doing, when it runs next and why, and how it went. */
export function SchedulesView() {
  const count = useSchedules(({ schedules }) => schedules?.length ?? null);
  // Without a database nobody knows what is scheduled.
  const isUnknown = useHost(({ host }) => host !== null && hidesSchedules(host));
  const [wanted, setWanted] = useState('');
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  const rows = useSchedules(
    useShallow(({ schedules }) =>
      (schedules ?? []).filter((schedule) => isWanted(schedule, words)).map(rowOf),
    ),
  );
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: Event): void => {
      if (search.current === null) return;
      event.preventDefault();
      search.current.focus();
      search.current.select();
    };
    window.addEventListener(searchRequested, focus);
    return () => window.removeEventListener(searchRequested, focus);
  }, []);

  if (count === null)
    return (
      <View title="Schedules" flush>
        <Loading label="Loading the schedules" />
      </View>
    );
  if (count === 0)
    return <View title="Schedules">{isUnknown ? <NoneShown /> : <NoSchedules />}</View>;
  return (
    <View
      title="Schedules"
      note={countText(count)}
      flush
      still
      actions={
        <>
          <SearchField
            aria-label="Search the schedules"
            placeholder={`Search (${shortcutText('F')})`}
            value={wanted}
            onChange={setWanted}
            inputRef={search}
          />
          <Tip text={shortcutText('N')}>
            <Button
              variant="primary"
              icon={<Plus />}
              onPress={() => go({ view: 'editor', schedule: null })}
            >
              New schedule
            </Button>
          </Tip>
        </>
      }
    >
      <WakeReviewCard />
      {rows.length === 0 ? (
        <EmptyState
          title="No schedule matches"
          actions={<Button onPress={() => setWanted('')}>Show all {count}</Button>}
        >
          Nothing has “{wanted}” in its name, address or tags.
        </EmptyState>
      ) : (
        <SchedulesTable rows={rows} />
      )}
    </View>
  );
}

function NoneShown() {
  return (
    <EmptyState title="The schedules can’t be shown">
      They are in the database, which can’t be used now. They show again by themselves once it can.
    </EmptyState>
  );
}

function isWanted(schedule: ScheduleView, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const { document } = schedule;
  const text = [schedule.name, schedule.id, document.scrape.url, ...document.tags]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
