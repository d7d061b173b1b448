import type { RunDay } from '../../../contract/run-days.ts';
import { classes } from '../../components/classes.ts';
import { countOf, countText } from '../../components/counts.ts';
import { Fold } from '../../components/Fold.tsx';
import { useRunDays } from '../../state/use-run-days.ts';
import { calendarDayText } from '../../time/words.ts';
import { DayBars } from './DayBars.tsx';
import colours from './outcome-groups.module.css';
import { dayCount, figuresText, groupCount, outcomeGroups, sumOf } from './outcome-groups.ts';
import styles from './RunChart.module.css';

/** The last thirty days of the history, of one schedule or of all; nothing where nothing ended in them. */
export function RunChart({ schedule }: { readonly schedule: string | undefined }) {
  const { runDays, problem } = useRunDays(schedule);
  if (runDays === null && problem === null) return <div className={styles.frame} />;
  if (runDays === null)
    return (
      <p className={styles.problem}>The chart of the last days couldn’t be fetched: {problem}</p>
    );
  const { days } = runDays;
  const sum = sumOf(days);
  if (dayCount(sum) === 0) return null;
  return (
    <section className={styles.chart} aria-label={`The last ${countOf(days.length, 'day')}`}>
      <div className={styles.frame}>
        <Legend sum={sum} days={days.length} />
        <DayBars
          days={days}
          label={`The last ${countOf(days.length, 'day')}: ${figuresText(sum)}`}
        />
      </div>
      <Fold title="The figures, day by day">
        <Figures days={days} />
      </Fold>
    </section>
  );
}

function Legend({ sum, days }: { readonly sum: Pick<RunDay, 'counts'>; readonly days: number }) {
  return (
    <p className={styles.legend}>
      <span className={styles.span}>Last {countOf(days, 'day')}</span>
      {outcomeGroups
        .filter((group) => groupCount(sum, group) > 0)
        .map((group) => (
          <span key={group.id} className={styles.key}>
            <span className={classes(styles.swatch, colours[group.id])} aria-hidden="true" />
            {group.word} <b>{countText(groupCount(sum, group))}</b>
          </span>
        ))}
    </p>
  );
}

/** The same in figures, the newest day first; days on which nothing ended are left out. */
function Figures({ days }: { readonly days: readonly RunDay[] }) {
  return (
    <table className={styles.figures}>
      <thead>
        <tr>
          <th scope="col">Day</th>
          {outcomeGroups.map(({ id, word }) => (
            <th key={id} scope="col">
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days
          .filter((day) => dayCount(day) > 0)
          .toReversed()
          .map((day) => (
            <tr key={day.date}>
              <th scope="row">{calendarDayText(day.date, 'long')}</th>
              {outcomeGroups.map((group) => (
                <td key={group.id}>{countText(groupCount(day, group))}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  );
}
