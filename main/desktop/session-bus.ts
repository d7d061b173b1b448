import net from 'node:net';
import path from 'node:path';
import type { Clock } from '../clock.ts';

/** How long a bus may take to answer; a session without a working one must still start. */
const patienceMs = 2_000;

/** The socket a D-Bus address names, abstract ones with a leading NUL; null where it names none. */
export function busSocket(address: string): string | null {
  for (const part of address.split(';')) {
    const match = /^unix:(?:.*,)?(path|abstract)=([^,]+)/.exec(part);
    if (match?.[2] === undefined) continue;
    const name = decodeURIComponent(match[2]);
    return match[1] === 'abstract' ? `\0${name}` : name;
  }
  return null;
}

function padded(bytes: Buffer, to: number): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((to - (bytes.length % to)) % to)]);
}

function text(value: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(`${value}\0`)]);
}

function field(code: number, signature: string, value: Buffer): Buffer {
  return padded(Buffer.concat([Buffer.from([code, 1, signature.charCodeAt(0), 0]), value]), 8);
}

/** A call of the bus itself, with one string or nothing (D-Bus Specification, "Message Format"). */
export function busCall(serial: number, member: string, argument: string | null): Buffer {
  const bus = 'org.freedesktop.DBus';
  const body = argument === null ? Buffer.alloc(0) : text(argument);
  const fields = Buffer.concat([
    field(1, 'o', text('/org/freedesktop/DBus')),
    field(2, 's', text(bus)),
    field(3, 's', text(member)),
    ...(argument === null ? [] : [field(8, 'g', Buffer.from([1, 's'.charCodeAt(0), 0]))]),
    // The last field's padding belongs to the header, not to the array.
    Buffer.concat([Buffer.from([6, 1, 's'.charCodeAt(0), 0]), text(bus)]),
  ]);
  const start = Buffer.alloc(16);
  start.set(['l'.charCodeAt(0), 1, 0, 1]);
  start.writeUInt32LE(body.length, 4);
  start.writeUInt32LE(serial, 8);
  start.writeUInt32LE(fields.length, 12);
  return Buffer.concat([padded(Buffer.concat([start, fields]), 8), body]);
}

/** A message of the bus: its type (2 a return, 3 an error, 4 a signal), its body, and what follows. */
interface BusMessage {
  readonly type: number;
  readonly body: Buffer;
  readonly rest: Buffer;
}

/** Reads the first whole message, or null while it is not all there. */
export function readBusMessage(bytes: Buffer): BusMessage | null {
  if (bytes.length < 16) return null;
  const bodyAt = Math.ceil((16 + bytes.readUInt32LE(12)) / 8) * 8;
  const end = bodyAt + bytes.readUInt32LE(4);
  if (bytes.length < end) return null;
  return {
    type: bytes.readUInt8(1),
    body: bytes.subarray(bodyAt, end),
    rest: bytes.subarray(end),
  };
}

/** Says hello, asks for the owner, and calls `done` with the answer to the second call. */
function converse(socket: net.Socket, name: string, done: (owned: boolean) => void): void {
  let bytes = Buffer.alloc(0);
  let isAccepted = false;
  let answers = 0;
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    if (!isAccepted) {
      if (!bytes.includes('\r\n')) return;
      if (!bytes.toString('latin1').startsWith('OK')) {
        done(false);
        return;
      }
      isAccepted = true;
      bytes = bytes.subarray(bytes.indexOf('\r\n') + 2);
      socket.write('BEGIN\r\n');
      socket.write(busCall(1, 'Hello', null));
      socket.write(busCall(2, 'NameHasOwner', name));
    }
    for (let next = readBusMessage(bytes); next !== null; next = readBusMessage(bytes)) {
      bytes = Buffer.from(next.rest);
      if (next.type === 3) done(false);
      if (next.type !== 2) continue;
      answers += 1;
      if (answers === 2) done(next.body.length >= 4 && next.body.readUInt32LE(0) === 1);
    }
  });
  const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
  socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
}

/**
 * Whether somebody owns this name on the session's D-Bus. False where there is no bus, or it doesn't
 * answer within 2 s.
 */
export function hasBusOwner(
  name: string,
  clock: Clock,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const runtime = environment['XDG_RUNTIME_DIR'];
  const fallback = runtime === undefined ? '' : `unix:path=${path.join(runtime, 'bus')}`;
  const place = busSocket(environment['DBUS_SESSION_BUS_ADDRESS'] ?? fallback);
  if (place === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = net.connect(place);
    const done = (owned: boolean): void => {
      limit.cancel();
      socket.destroy();
      resolve(owned);
    };
    const limit = clock.after(patienceMs, () => {
      done(false);
    });
    socket.once('error', () => {
      done(false);
    });
    socket.once('end', () => {
      done(false);
    });
    converse(socket, name, done);
  });
}
