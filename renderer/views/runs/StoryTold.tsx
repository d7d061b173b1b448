import { Play } from 'lucide-react';
import type { Remedy, Story } from '../../../contract/story.ts';
import type { ScheduleView } from '../../../contract/views.ts';
import { assertNever } from '../../assert-never.ts';
import { go } from '../../app/route.ts';
import { Button } from '../../components/Button.tsx';
import { OutcomeMark } from '../../components/OutcomeMark.tsx';
import { resume } from '../../state/pause.ts';
import { useSchedule } from '../../state/use-schedules.ts';
import { RunNow } from '../schedules/RunNow.tsx';
import styles from './Story.module.css';
import { ToldLine } from './ToldLine.tsx';

/** How it ended or stands, what stood in the way in plain sentences, and what one can do about it. */
export function StoryTold({ story }: { readonly story: Story }) {
  const { entry, told, why } = story;
  const schedule = useSchedule(story.schedule);
  return (
    <div className={styles.outcome}>
      <div className={styles.mark}>
        <OutcomeMark entry={entry} />
      </div>
      <div className={styles.sentences}>
        {[...why, ...told].map((one) => (
          <ToldLine key={`${one.code} ${one.text}`} told={one} />
        ))}
        {schedule !== undefined && story.remedies.length > 0 && (
          <div className={styles.remedies} role="group" aria-label="What you can do">
            {story.remedies.map((remedy) => (
              <RemedyButton key={remedy} remedy={remedy} schedule={schedule} />
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

/** Where in the editor a remedy leads, and what its button says. */
function editing(remedy: Exclude<Remedy, 'run-now' | 'resume'>): readonly [string, string] {
  switch (remedy) {
    case 'page':
      return ['scrape.url', 'Look at its page and fields'];
    case 'hours':
      return ['hours', 'Change its hours'];
    case 'overlap':
      return ['overlap', 'Let one wait instead'];
    case 'timeout':
      return ['timeout', 'Change its time limit'];
    case 'retry':
      return ['retry.attempts', 'Change how it tries again'];
    case 'missed':
      return ['missed.policy', 'Change what is made up for'];
    case 'grace':
      return ['missed.grace', 'Change its grace'];
    case 'enough':
      return ['enough', 'Change what is enough'];
    case 'conditions':
      return ['conditions', 'Change its conditions'];
    default:
      return assertNever(remedy);
  }
}

interface RemedyProps {
  readonly remedy: Remedy;
  readonly schedule: ScheduleView;
}

function RemedyButton({ remedy, schedule }: RemedyProps) {
  if (remedy === 'run-now')
    return (
      <RunNow
        schedule={schedule}
        onStarted={(run) => go({ view: 'run', row: `r${String(run)}` })}
      />
    );
  if (remedy === 'resume')
    return (
      <Button size="s" icon={<Play />} onPress={() => void resume(schedule)}>
        Resume the schedule
      </Button>
    );
  const [field, words] = editing(remedy);
  return (
    <Button
      size="s"
      variant="quiet"
      onPress={() => go({ view: 'editor', schedule: schedule.id, field })}
    >
      {words}
    </Button>
  );
}
