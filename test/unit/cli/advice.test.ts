import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ScheduleAdvice } from '../../../contract/preview.ts';
import { adviceLines } from '../../../main/cli/text.ts';
import { benchWithoutHost, fileText, type Bench } from './harness.ts';

let bench: Bench;
beforeEach(() => {
  bench = benchWithoutHost();
});
afterEach(() => bench.stop());

const shut = fileText(['hours: { week: {} }']);
const line =
  'advice  posts: It never runs: the hours never open; give the hours a window, or keep other hours.';
const advice = [
  {
    schedule: 'posts',
    code: 'never',
    level: 'warning',
    path: 'hours',
    params: { reason: 'no-window', why: 'the hours never open' },
    text: 'It never runs: the hours never open; give the hours a window, or keep other hours.',
  },
];

describe('cli: advice', () => {
  it('is printed by import, a line each, and changes no exit code', async () => {
    const dry = await bench.cli(['import', '-', '--dry-run'], { stdin: shut });
    expect(dry).toEqual({ code: 0, out: `Would have added 1 schedule: posts\n${line}\n`, err: '' });
    const said = await bench.cli(['import', '-'], { stdin: shut });
    expect(said).toEqual({ code: 0, out: `Added 1 schedule: posts\n${line}\n`, err: '' });
  });

  it('is printed by doctor after its checks, which stay sound', async () => {
    await bench.cli(['import', '-'], { stdin: shut });
    const { code, out } = await bench.cli(['doctor']);
    expect([code, out.trimEnd().split('\n').at(-1)]).toEqual([0, line]);
    expect(await bench.json(['doctor'])).toMatchObject({ ok: true, advice });
  });

  it('comes with --json as the contract has it', async () => {
    const { out } = await bench.cli(['import', '-', '--json'], { stdin: shut });
    expect(JSON.parse(out)).toMatchObject({ added: ['posts'], advice });
  });

  it('stops after fifty lines, with how many more there are, and lets no text steer the terminal', () => {
    const many: ScheduleAdvice[] = Array.from({ length: 53 }, (_, index) => ({
      schedule: `s${String(index)}`,
      code: 'never',
      level: 'warning',
      path: '',
      params: {},
      text: 'A\u001b[2J b.',
    }));
    const lines = adviceLines(many);
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([
      51,
      'advice  s0: A [2J b.',
      'advice  and 3 more; --json prints all of it',
    ]);
    expect(adviceLines([])).toEqual([]);
  });
});
