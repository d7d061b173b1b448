import type { ChildExit, ChildLauncher } from '../../main/scrape/launcher.ts';
import type { ChildMessage, ParentMessage } from '../../main/scrape/messages.ts';

/** A scrape child that does what the test says. */
export interface FakeChild {
  /** What its parent said to it. */
  readonly heard: ParentMessage[];
  /** Whether it keeps its parent alive. */
  held: boolean;
  killed: boolean;
  /** Says something to its parent; anything, as a child taken over might. */
  say(message: unknown): void;
  tell(message: ChildMessage): void;
  stderr(text: string): void;
  exit(exit?: Partial<ChildExit>): void;
}

/** A launcher whose children exist in the test only; killed, they exit. */
export function fakeLauncher(): { readonly launch: ChildLauncher; readonly children: FakeChild[] } {
  const children: FakeChild[] = [];
  const launch: ChildLauncher = () => {
    let hear: (message: unknown) => void = () => undefined;
    let read: (text: string) => void = () => undefined;
    let gone: (exit: ChildExit) => void = () => undefined;
    const child: FakeChild = {
      heard: [],
      held: true,
      killed: false,
      say: (message) => {
        hear(message);
      },
      tell: (message) => {
        hear(message);
      },
      stderr: (text) => {
        read(text);
      },
      exit: (exit = {}) => {
        gone({ code: exit.code ?? null, signal: exit.signal ?? null });
      },
    };
    children.push(child);
    return {
      pid: 1000 + children.length,
      send: (message) => {
        child.heard.push(message as ParentMessage);
      },
      onMessage: (listener) => {
        hear = listener;
      },
      onStderr: (listener) => {
        read = listener;
      },
      onExit: (listener) => {
        gone = listener;
      },
      kill: () => {
        if (child.killed) return;
        child.killed = true;
        child.exit({ signal: 'SIGKILL' });
      },
      hold: (held) => {
        child.held = held;
      },
    };
  };
  return { launch, children };
}
