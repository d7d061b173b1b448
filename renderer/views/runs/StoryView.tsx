import { ArrowLeft, Square } from 'lucide-react';
import type { Story } from '../../../contract/story.ts';
import { go } from '../../app/route.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { ErrorState, Loading } from '../../components/States.tsx';
import { View } from '../../components/View.tsx';
import { cancelRun } from '../../state/schedule-actions.ts';
import { useStory, type StoryDetail } from '../../state/use-story.ts';
import { RunLog } from './RunLog.tsx';
import { StoryAttempts } from './StoryAttempts.tsx';
import { StoryFacts } from './StoryFacts.tsx';
import { StoryFollowed } from './StoryFollowed.tsx';
import { StoryTold } from './StoryTold.tsx';
import { StoryWhy } from './StoryWhy.tsx';
import styles from './Story.module.css';

/** What one row of the history is called: `Run 12`, or `Slot 34` where nothing ran. */
function rowTitle(row: string): string {
  return `${row.startsWith('r') ? 'Run' : 'Slot'} ${row.slice(1)}`;
}

/** One row of the history: what it was, why then, how it went or why not, and what followed. */
export function StoryView({ row }: { readonly row: string }) {
  const { story, log, problem, retry } = useStory(row);
  const title = rowTitle(row);
  if (problem !== null)
    return (
      <View title={title} lead={<Back />}>
        <ErrorState
          title={`${title} can’t be shown`}
          message={problem.message}
          {...(problem.code === 'not-found' ? {} : { onRetry: retry })}
        />
      </View>
    );
  if (story === null)
    return (
      <View title={title} lead={<Back />} flush>
        <Loading label="Loading its story" />
      </View>
    );
  return (
    <View
      title={story.scheduleName}
      note={title}
      lead={<Back />}
      actions={<Actions story={story} />}
    >
      <Page story={story} log={log} />
    </View>
  );
}

function Page({ story, log }: { readonly story: Story; readonly log: StoryDetail['log'] }) {
  const isRun = story.entry.run !== null;
  return (
    <div className={styles.container}>
      <StoryTold story={story} />
      <StoryFacts story={story} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <StoryAttempts story={story} />
          <StoryFollowed story={story} />
          {isRun && (
            <section aria-labelledby="story-log">
              <h2 id="story-log" className={styles.heading}>
                Log
              </h2>
              <RunLog log={log} isGoing={story.entry.state !== 'ended'} />
            </section>
          )}
        </div>
        <StoryWhy story={story} />
      </div>
    </div>
  );
}

function Back() {
  return (
    <IconButton
      label="Back to the runs"
      onPress={() => (window.history.length > 1 ? window.history.back() : go({ view: 'runs' }))}
    >
      <ArrowLeft aria-hidden="true" />
    </IconButton>
  );
}

function Actions({ story }: { readonly story: Story }) {
  const { run, state, counts } = story.entry;
  if (run === null) return null;
  if (state !== 'ended')
    return (
      <Button icon={<Square />} onPress={() => void cancelRun(run)}>
        Cancel run
      </Button>
    );
  if (counts === null || counts.pages === 0) return null;
  return (
    <Button onPress={() => go({ view: 'results', schedule: story.schedule })}>Show the rows</Button>
  );
}
