/** A WebSocket that is opened again and again, and what it tells. */
export interface EventStreamOptions {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly onMessage: (text: string) => void;
  /** The stream stands, the first time or again. */
  readonly onOpen: () => void;
  /** The stream broke, or (`wasOpen` false) couldn't be opened; answers whether to go on trying. */
  readonly onLost: (wasOpen: boolean) => Promise<boolean>;
}

const firstWaitMs = 250;
const longestWaitMs = 5_000;

/**
 * Keeps a WebSocket open: tries again after a quarter of a second, then twice as long each time up to
 * five seconds, and at once when the window comes back to sight. Answers the function that ends it.
 */
export function openEventStream(options: EventStreamOptions): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waitMs = firstWaitMs;
  let ended = false;

  const open = (): void => {
    timer = null;
    const opened = new WebSocket(options.url, [...options.protocols]);
    let wasOpen = false;
    socket = opened;
    opened.onopen = () => {
      wasOpen = true;
      waitMs = firstWaitMs;
      options.onOpen();
    };
    opened.onmessage = ({ data }) => options.onMessage(String(data));
    opened.onclose = () => {
      if (ended || socket !== opened) return;
      socket = null;
      void options.onLost(wasOpen).then((goesOn) => {
        if (!goesOn || ended) return;
        timer = setTimeout(open, waitMs);
        waitMs = Math.min(waitMs * 2, longestWaitMs);
      });
    };
  };

  const hurry = (): void => {
    if (document.visibilityState !== 'visible' || timer === null) return;
    clearTimeout(timer);
    open();
  };

  document.addEventListener('visibilitychange', hurry);
  open();
  return () => {
    ended = true;
    document.removeEventListener('visibilitychange', hurry);
    if (timer !== null) clearTimeout(timer);
    socket?.close();
  };
}
