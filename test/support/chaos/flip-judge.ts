/**
 * A process that opens damaged data folders one after another, as a host does, and says what came of
 * each. It may crash or hang over one: that is what it is for.
 */
import process from 'node:process';
import { judge, type Judged, type JudgeOrder } from './verdicts.ts';

process.on('message', (order: JudgeOrder) => {
  judge(order).then(
    (judged) => process.send?.(judged),
    (error: unknown) => {
      const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ verdict: 'fault', detail: fault, rows: {} } satisfies Judged);
    },
  );
});
