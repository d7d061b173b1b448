import { fork, type ChildProcess } from 'node:child_process';
import process from 'node:process';
import { programPath } from '../programs.ts';
import { passing } from './until.ts';
import type { Judged, JudgeOrder } from './verdicts.ts';

/** Opens folders in a process of its own, which is replaced when it dies or hangs. */
export interface Judge {
  judge(order: JudgeOrder): Promise<Judged>;
  stop(): void;
}

/** An opening with all that follows takes a tenth of a second; a busy machine a second. */
const stuckAfterMs = 60_000;

/** A judge that starts its process when it needs one. */
export function createJudge(): Judge {
  let child: ChildProcess | null = null;
  let said = '';
  const start = (): ChildProcess => {
    const started = fork(programPath('flip-judge'), [], {
      execArgv: [],
      env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], TZ: 'UTC' },
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    said = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-2_000);
    });
    return started;
  };
  const stop = (): void => {
    child?.kill('SIGKILL');
    child = null;
  };
  return {
    judge: async (order) => {
      const judging = (child ??= start());
      const { promise, resolve } = Promise.withResolvers<Judged>();
      const gone = (code: number | null, signal: string | null): void => {
        child = null;
        resolve({ verdict: 'crash', detail: `${String(code ?? signal)} ${said}`, rows: {} });
      };
      judging.once('message', resolve);
      judging.once('exit', gone);
      judging.send(order);
      const stuck: Judged = { verdict: 'stuck', detail: '', rows: {} };
      const judged = await Promise.race([promise, passing(stuckAfterMs).then(() => stuck)]);
      judging.off('exit', gone);
      judging.off('message', resolve);
      if (judged.verdict === 'stuck') stop();
      return judged;
    },
    stop,
  };
}
