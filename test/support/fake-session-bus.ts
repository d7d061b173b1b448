import net from 'node:net';
import path from 'node:path';
import { aFolder } from './builders.ts';

/** A session bus on which only the owners named exist. */
export interface FakeSessionBus {
  /** For `DBUS_SESSION_BUS_ADDRESS`. */
  readonly address: string;
  /** The names that somebody owns; may be changed at any time. */
  readonly owned: Set<string>;
  readonly stop: () => Promise<void>;
}

/** The answer to a call: its serial, and a body of the bytes given (D-Bus, "Message Format"). */
function answerTo(serial: number, signature: string, body: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.write('l', 'latin1');
  head.writeUInt8(2, 1);
  head.writeUInt8(1, 3);
  head.writeUInt32LE(body.length, 4);
  head.writeUInt32LE(serial + 1000, 8);
  const fields = Buffer.alloc(15);
  // REPLY_SERIAL as u, then SIGNATURE as g.
  fields.write('\x05\x01u\x00', 'latin1');
  fields.writeUInt32LE(serial, 4);
  fields.write(`\x08\x01g\x00\x01${signature}\x00`, 8, 'latin1');
  head.writeUInt32LE(fields.length, 12);
  return Buffer.concat([head, fields, Buffer.alloc(1), body]);
}

function busText(text: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, Buffer.from(`${text}\0`)]);
}

function flag(value: boolean): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt32LE(value ? 1 : 0);
  return body;
}

function serve(socket: net.Socket, owned: ReadonlySet<string>): void {
  let bytes = Buffer.alloc(0);
  let hasBegun = false;
  const takeLine = (): string | null => {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return null;
    const line = bytes.toString('latin1', 0, end).replace('\0', '');
    bytes = bytes.subarray(end + 2);
    return line;
  };
  const takeMessage = (): boolean => {
    if (bytes.length < 16) return false;
    const bodyAt = Math.ceil((16 + bytes.readUInt32LE(12)) / 8) * 8;
    const end = bodyAt + bytes.readUInt32LE(4);
    if (bytes.length < end) return false;
    const serial = bytes.readUInt32LE(8);
    const header = bytes.toString('latin1', 16, bodyAt);
    const body = bytes.subarray(bodyAt, end);
    bytes = bytes.subarray(end);
    if (header.includes('NameHasOwner')) {
      const name = body.toString('utf8', 4, 4 + body.readUInt32LE(0));
      socket.write(answerTo(serial, 'b', flag(owned.has(name))));
    } else socket.write(answerTo(serial, 's', busText(':1.1')));
    return true;
  };
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (!hasBegun) {
      const line = takeLine();
      if (line === null) return;
      if (line.startsWith('AUTH EXTERNAL ')) socket.write('OK 0123456789abcdef\r\n');
      hasBegun = line === 'BEGIN';
    }
    while (takeMessage());
  });
}

/** Starts a bus that knows `Hello` and `NameHasOwner`, enough to look for a desktop's tray. */
export async function fakeSessionBus(...names: readonly string[]): Promise<FakeSessionBus> {
  const owned = new Set(names);
  const folder = aFolder();
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    serve(socket, owned);
  });
  const place = path.join(folder.path, 'bus');
  await new Promise<void>((resolve) => server.listen(place, resolve));
  return {
    address: `unix:path=${place},guid=0123456789abcdef`,
    owned,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      folder.remove();
    },
  };
}
