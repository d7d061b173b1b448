import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CliIo } from '../../../main/cli/io.ts';
import { nodeParts } from '../../../main/cli/node-parts.ts';
import { runCli } from '../../../main/cli/run-cli.ts';
import { aFolder } from '../../support/builders.ts';
import { fileText, type Said } from './harness.ts';

let folder: string;
let remove: () => void;
let servers: Server[];

beforeEach(() => {
  ({ path: folder, remove } = aFolder());
  servers = [];
});
afterEach(async () => {
  for (const server of servers) server.close();
  await Promise.all(servers.map((server) => once(server, 'close')));
  remove();
});

/** The command line as the entry runs it, with the real app and real scrape children. */
async function jackdaw(argv: readonly string[], stdin = ''): Promise<Said> {
  const said = { out: '', err: '' };
  const io: CliIo = {
    stdin: Readable.from([stdin]),
    out: (text) => {
      said.out += text;
      return Promise.resolve();
    },
    err: (text) => {
      said.err += text;
    },
    terminal: false,
    onInterrupt: () => () => undefined,
    exit: () => undefined,
  };
  const code = await runCli(argv, nodeParts(io, { JACKDAW_DATA: folder }));
  return { code, ...said };
}

/** A fault with `--json`: its one line and its object. */
async function refused(argv: readonly string[], stdin = '') {
  const { code, out, err } = await jackdaw([...argv, '--json'], stdin);
  expect(err.split('\n')).toEqual([expect.stringMatching(/\S/), '']);
  return { exit: code, line: err.trim(), object: JSON.parse(out) as unknown };
}

/** A page that answers 500, and a robots.txt that allows it. */
async function brokenSite(): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/robots.txt' ? 404 : 500).end();
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
}

const good = fileText();
const trigger = 'trigger: { kind: interval, every: 30m }';

describe('cli: a file that is refused', () => {
  it.each([
    [
      'wrong YAML',
      good.replace('name: Posts', 'name: "Posts'),
      undefined,
      /^The file isn't YAML at line \d+, column \d+: .+\.$/,
    ],
    [
      'an unknown field',
      fileText(['triger: 1']),
      'schedules[0].triger',
      /^schedules\[0\]\.triger: is not a field known here; check its spelling or leave it out$/,
    ],
    [
      'an unknown zone',
      good.replace('timezone: UTC', 'timezone: Mars/Olympus'),
      'schedules[0].timezone',
      /is not a time zone known here; write one such as Europe\/Berlin$/,
    ],
    [
      '24:30',
      fileText(['hours: { week: { mon: ["09:00-24:30"] } }']),
      'schedules[0].hours.week.mon[0]',
      /write a window as 09:00-17:00/,
    ],
    [
      'equal ends',
      fileText(['hours: { week: { mon: ["09:00-09:00"] } }']),
      'schedules[0].hours.week.mon[0]',
      /opens and closes at the same time; for the whole day write 00:00-24:00$/,
    ],
    [
      'a cron with 4 fields',
      good.replace(trigger, 'trigger: { kind: cron, expression: "* * * *" }'),
      'schedules[0].trigger.expression',
      /has 4 fields; write 5/,
    ],
    [
      'a selector that doesn’t parse',
      good.replace('items: article', 'items: "a[["'),
      'schedules[0].scrape.items',
      /isn't a CSS selector/,
    ],
    [
      'a URL that isn’t http',
      good.replace('http:', 'file:'),
      'schedules[0].scrape.url',
      /write a whole address that begins with http:\/\/ or https:\/\/$/,
    ],
    ['hours that don’t exist', fileText(['hours: nights']), 'schedules[0].hours', /nights/],
    [
      'two of one id',
      good + good.split('\n').slice(2).join('\n'),
      'schedules[1].id',
      /is posts, which schedules\[0\] has already/,
    ],
    [
      'a newer version',
      good.replace('jackdaw: 1', 'jackdaw: 2'),
      'jackdaw',
      /is 2, and this Jackdaw reads files of version 1; update Jackdaw$/,
    ],
  ])('says in one sentence what is wrong: %s', async (_, text, path, line) => {
    const fault = await refused(['import', '-'], text);
    expect(fault.exit).toBe(1);
    expect(fault.line).toMatch(line);
    expect(fault.object).toEqual({
      code: 'invalid',
      message: fault.line,
      ...(path === undefined ? {} : { path }),
    });
    expect((await jackdaw(['list', '--json'])).out).toBe('[]\n');
  });

  it('says every fault of a file, one a line, and adds nothing of it', async () => {
    const second = good.split('\n').slice(2).join('\n').replace('id: posts', 'id: others');
    const text =
      good + second.replace('every: 30m', 'every: 5s').replace('items: article', 'items: "a[["');
    const { code, out, err } = await jackdaw(['import', '-'], text);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^schedules\[1\]\.trigger\.every: .+\n/);
    expect((await jackdaw(['list', '--json'])).out).toBe('[]\n');
  });

  it('stops reading standard input past 1 MB', async () => {
    expect((await refused(['import', '-'], 'x'.repeat(1_000_001))).object).toEqual({
      code: 'too-large',
      message: 'What came in is over 1 MB; split it into several.',
    });
  });

  it('names a file that isn’t there, a folder, a file too large, and one that isn’t text', async () => {
    const large = join(folder, 'large.yaml');
    writeFileSync(large, 'x'.repeat(1_000_001));
    const binary = join(folder, 'binary.yaml');
    writeFileSync(binary, Buffer.from([0xff, 0xfe, 0x00, 0xd8]));
    const missing = join(folder, 'missing.yaml');
    const objects = [];
    for (const path of [missing, folder, large, binary])
      objects.push((await refused(['import', path])).object);
    expect(objects).toEqual([
      { code: 'not-found', message: `There is no file ${missing}.` },
      { code: 'invalid', message: `${folder} is a folder; name a file.` },
      { code: 'too-large', message: `${large} is over 1 MB; split it into several.` },
      { code: 'invalid', message: `${binary} is not UTF-8 text; save it as UTF-8.` },
    ]);
  });
});

describe('cli: a run that can’t succeed', () => {
  it('ends with 4 and one sentence where the host doesn’t exist', async () => {
    const text = fileText(['retry: { attempts: 1 }']).replace(
      '127.0.0.1:9',
      'no-such-host.invalid',
    );
    await jackdaw(['import', '-'], text);
    const { code, out, err } = await jackdaw(['run', 'posts', '--wait', '--json']);
    expect([code, err]).toEqual([4, '']);
    expect(JSON.parse(out)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('no-such-host.invalid') as string,
    });
  });

  it('ends with 4 and one sentence where the server answers 500', async () => {
    const url = await brokenSite();
    await jackdaw(
      ['import', '-'],
      fileText(['retry: { attempts: 1 }']).replace('http://127.0.0.1:9/', url),
    );
    const { code, out, err } = await jackdaw(['run', 'posts', '--wait', '--json']);
    expect([code, err]).toEqual([4, '']);
    expect(JSON.parse(out)).toMatchObject({ outcome: 'failed', reason: 'http-500' });
  });
});

describe('cli: a data folder that can’t be used', () => {
  it('leaves a database that isn’t one as it is', async () => {
    const path = join(folder, 'jackdaw.db');
    writeFileSync(path, 'This is a letter to my aunt, and no database at all.'.repeat(20));
    const before = readFileSync(path);
    for (const argv of [['status'], ['list'], ['import', '-'], ['run', 'posts', '--wait']]) {
      const { exit, object } = await refused(argv, good);
      expect([argv, exit, object]).toEqual([
        argv,
        1,
        {
          code: 'invalid',
          message:
            `The database ${path} can't be used: it isn't a database. Nothing was changed, and what is there is kept ` +
            'whatever you choose. There is no backup of it; start empty with jackdaw restore --empty.',
        },
      ]);
    }
    expect(readFileSync(path)).toEqual(before);
    expect(existsSync(join(folder, 'host.json'))).toBe(false);
  });

  it('has the doctor say so, too', async () => {
    writeFileSync(
      join(folder, 'jackdaw.db'),
      'This is a letter to my aunt, and no database at all.'.repeat(20),
    );
    const { code, out } = await jackdaw(['doctor']);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^FAULT {2}data folder: The database .+jackdaw\.db can't be used: it isn't a database\./,
    );
  });

  it('takes no empty --data-dir for the user’s own data folder', async () => {
    const fault = await refused(['list', '--data-dir', '']);
    expect([fault.exit, fault.line]).toEqual([
      2,
      'jackdaw: --data-dir is empty; name a folder; see jackdaw list --help',
    ]);
  });

  it('says that a part of the path is a file', async () => {
    writeFileSync(join(folder, 'file'), '');
    const fault = await refused(['list', '--data-dir', join(folder, 'file', 'data')]);
    expect([fault.exit, fault.object]).toEqual([
      1,
      {
        code: 'invalid',
        message: 'A part of the data folder’s path is a file; name another folder with --data-dir.',
      },
    ]);
  });

  it('says that a port is in use, and leaves no host behind', async () => {
    const port = new URL(await brokenSite()).port;
    const fault = await refused(['serve', '--no-browser', '--port', port]);
    expect([fault.exit, fault.object]).toEqual([
      1,
      {
        code: 'conflict',
        message: `Port ${port} is in use by another program; choose another port, or none to get a free one.`,
      },
    ]);
    expect(readdirSync(folder)).not.toContain('host.json');
    expect((await jackdaw(['list', '--json'])).out).toBe('[]\n');
  });
});

describe('cli: wrong use', () => {
  it.each([
    [['shwo'], 'jackdaw: there is no command shwo; see jackdaw --help'],
    [['list', '--al'], "jackdaw: unknown option '--al'; see jackdaw list --help"],
    [['show'], 'jackdaw: ID is missing; see jackdaw show --help'],
    [['show', 'a', 'b'], 'jackdaw: "b" is one word too many; see jackdaw show --help'],
    [
      ['cancel', 'posts'],
      'jackdaw: a run has a number, such as 12, and posts is none; see jackdaw cancel --help',
    ],
    [
      ['runs', '--limit', 'many'],
      'jackdaw: --limit is a whole number, and "many" is none; see jackdaw runs --help',
    ],
    [
      ['records', 'a', '--format', 'xml'],
      'jackdaw: --format is one of jsonl, csv, json; see jackdaw records --help',
    ],
    [
      ['serve', '--port', '0'],
      'jackdaw: --port is a number from 1 to 65535; see jackdaw serve --help',
    ],
    [
      ['serve', '--port', '70000'],
      'jackdaw: --port is a number from 1 to 65535; see jackdaw serve --help',
    ],
  ])('ends %j with 2 and one line, before anything is opened', async (argv, line) => {
    expect(await jackdaw(argv)).toEqual({ code: 2, out: '', err: `${line}\n` });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses what the contract refuses, with its code', async () => {
    const codes: unknown[] = [];
    for (const argv of [
      ['show', 'nope'],
      ['show', 'NO'],
      ['log', '99'],
      ['runs', '--before', 'x'],
      ['pause', '--until', 'soon'],
    ])
      codes.push([argv.join(' '), await refused(argv)]);
    expect(codes).toMatchObject([
      ['show nope', { exit: 1, object: { code: 'not-found', path: 'id' } }],
      ['show NO', { exit: 1, object: { code: 'invalid', path: 'id' } }],
      ['log 99', { exit: 1, object: { code: 'not-found', path: 'run' } }],
      ['runs --before x', { exit: 1, object: { code: 'invalid', path: 'before' } }],
      ['pause --until soon', { exit: 1, object: { code: 'invalid', path: 'until' } }],
    ]);
  });
});
