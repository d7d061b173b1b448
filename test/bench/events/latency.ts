import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { systemClock } from '../../../main/clock.ts';
import { updateSchedule } from '../../../main/store/schedules.ts';
import { serveWeb } from '../../../main/web/serve-web.ts';
import { realScheduler, recordingRunner } from '../scheduler/real-scheduler.ts';
import { percentile, spreadOf, timesFaster } from '../statistics.ts';
import { atMost, type BenchOptions, type Part } from '../suite.ts';
import { spreadText, type Table } from '../table.ts';
import { calmSchedules, writeHistories } from './histories.ts';

const schedules = 200;

/** Connects to a socket, as the window does where there is a token. */
async function connect(url: string, token: string | null): Promise<WebSocket> {
  const protocols = token === null ? [] : ['jackdaw', `token.${token}`];
  const socket = new WebSocket(url, protocols);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

function nextText(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer) => resolve(data.toString()));
  });
}

/** A socket that sends back what it is sent. */
async function echo() {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  server.on('connection', (client) => {
    client.on('message', (data: Buffer) => client.send(data.toString()));
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = await connect(`ws://127.0.0.1:${String(port)}/`, null);
  return { server, socket };
}

/**
 * From the commit of an edit until a client on the loopback has its event, the view made and read
 * included; beside an echo of the same bytes over a bare socket.
 */
export async function latencyPart(options: BenchOptions): Promise<Part> {
  options.say('from the commit to a client');
  const times = options.quick ? 100 : 500;
  let committedMs = 0;
  const real = realScheduler({
    schedules: calmSchedules(schedules),
    concurrency: 3,
    runner: recordingRunner(() => undefined),
    onCommit: () => (committedMs = performance.now()),
  });
  const { db, scheduler, changes } = real;
  writeHistories(db, schedules, Date.now());
  scheduler.start();
  const calls = { invoke: () => Promise.reject(new Error('no calls here')) } as never;
  const web = await serveWeb({ calls, changes, clock: systemClock(), rendererFolder: null });
  const client = await connect(`${web.url.replace('http', 'ws')}events`, web.token);
  const bare = await echo();

  /** Edits the schedule of a turn; how long after the commit its event came, and the event. */
  const change = async (turn: number): Promise<{ readonly ms: number; readonly text: string }> => {
    const stored = scheduler.book.get(1 + (turn % schedules))?.stored;
    if (stored === undefined) throw new Error('no such schedule');
    const { document } = stored;
    const outside = document.outside === 'skip' ? 'defer' : 'skip';
    const heard = nextText(client);
    scheduler.edit([stored.number], (nowMs) => {
      const changed = {
        ...stored,
        document: { ...document, outside },
        handledUntilMs: nowMs,
      } as const;
      updateSchedule(db, changed);
      return { value: null, put: [changed] };
    });
    const text = await heard;
    JSON.parse(text);
    return { ms: performance.now() - committedMs, text };
  };
  const echoed = async (text: string): Promise<number> => {
    const begunMs = performance.now();
    const heard = nextText(bare.socket);
    bare.socket.send(text);
    JSON.parse(await heard);
    return performance.now() - begunMs;
  };

  const rounds = Array.from({ length: options.rounds }, () => ({
    changes: [] as number[],
    echoes: [] as number[],
  }));
  for (let turn = 0; turn < 50; turn += 1) await echoed((await change(turn)).text);
  for (const round of rounds)
    for (let turn = 0; turn < times; turn += 1) {
      const { ms, text } = await change(turn);
      round.changes.push(ms);
      round.echoes.push(await echoed(text));
    }
  client.terminate();
  bare.socket.terminate();
  bare.server.close();
  await web.stop();
  await scheduler.stop();
  real.leave();

  const of = (which: 'changes' | 'echoes', share: number): readonly number[] =>
    rounds.map((round) => percentile(round[which], share));
  const ratio = timesFaster(of('changes', 0.5), of('echoes', 0.5));
  const row = (name: string, which: 'changes' | 'echoes'): readonly string[] => [
    name,
    spreadText(spreadOf(of(which, 0.5))),
    spreadText(spreadOf(of(which, 0.99))),
  ];
  const table: Table = {
    title: `From the commit to a client on the loopback, ${String(schedules)} schedules, ms`,
    columns: ['what', 'p50', 'p99'],
    rows: [
      row('an echo of the same bytes', 'echoes'),
      row('an edit: from its commit until the event is read', 'changes'),
    ],
    notes: ['Both ends in one process; the edit’s time holds the view of its schedule being made.'],
  };
  return {
    tables: [table],
    targets: [
      atMost(
        'p50 from the commit to the client',
        3,
        '× a bare echo',
        ratio.median,
        `${spreadText(ratio)} ×`,
      ),
    ],
    data: { latency: rounds },
  };
}
