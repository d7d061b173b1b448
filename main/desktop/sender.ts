/** The origin of Jackdaw's own page. */
export const ownOrigin = 'app://jackdaw';

/** A frame as Electron tells it: its origin, and the frame around it. */
export interface Frame {
  readonly origin: string;
  readonly parent: unknown;
}

/**
 * Whether a message comes from Jackdaw's own window: its contents, their main frame, and Jackdaw's
 * origin in it. `frame` is null where it was gone before its message was read.
 */
export function isOwnSender(sender: unknown, frame: Frame | null, own: unknown): boolean {
  if (own === null || sender !== own || frame === null) return false;
  return frame.parent === null && frame.origin === ownOrigin;
}
