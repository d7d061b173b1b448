import type { ChildMessage, ParentMessage } from '../messages.ts';

/** The child's line to its parent: Node's IPC channel, or Electron's port in a utility process. */
export interface Channel {
  readonly send: (message: ChildMessage) => void;
  onMessage(listener: (message: ParentMessage) => void): void;
  /** Rings when the parent hangs up. Electron tells nothing here; the watchdog does. */
  onClosed(listener: () => void): void;
}

/** The part of Electron's parentPort that is used here; electron itself isn't imported. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

function parentPort(): ParentPort | null {
  const { parentPort: port } = process as { readonly parentPort?: ParentPort };
  return port ?? null;
}

function overPort(port: ParentPort): Channel {
  return {
    send: (message) => {
      port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', ({ data }) => {
        listener(data as ParentMessage);
      });
    },
    onClosed: () => undefined,
  };
}

function overIpc(): Channel {
  return {
    send: (message) => {
      process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => {
      process.on('message', (message) => {
        listener(message as ParentMessage);
      });
    },
    onClosed: (listener) => {
      process.on('disconnect', listener);
    },
  };
}

/** The line of this process to the parent that started it. */
export function openChannel(): Channel {
  const port = parentPort();
  return port === null ? overIpc() : overPort(port);
}
