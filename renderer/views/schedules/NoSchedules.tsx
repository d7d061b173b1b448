import { useState } from 'react';
import { go } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { Jackdaw } from '../../components/Jackdaw.tsx';
import { EmptyState } from '../../components/States.tsx';
import { addSample } from '../../state/schedule-actions.ts';

/** The first thing a newcomer sees: what Jackdaw does, a sample in one click, and the way to the first schedule. */
export function NoSchedules() {
  const [isAdding, setAdding] = useState(false);
  const add = async (): Promise<void> => {
    setAdding(true);
    await addSample();
    setAdding(false);
  };
  return (
    <EmptyState
      title="Nothing is scheduled yet"
      picture={<Jackdaw sizePx={72} />}
      actions={
        <>
          <Button isPending={isAdding} onPress={() => void add()}>
            Try the sample
          </Button>
          <Button variant="primary" onPress={() => go({ view: 'editor', schedule: null })}>
            New schedule
          </Button>
        </>
      }
    >
      <p>
        Give Jackdaw a page, what to read there, and when. It reads the page again and again, inside
        your hours only, and shows what is new, changed or gone.
      </p>
      <p>
        The sample needs no network: two schedules for a small site that Jackdaw serves itself and
        that changes every minute.
      </p>
    </EmptyState>
  );
}
