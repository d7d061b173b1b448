import type { Desktop } from '../../main/calls/context.ts';

/** A desktop with a tray, on which Jackdaw is installed and doesn't start at login until it is told to. */
export function aDesktop(): Desktop {
  let starts = false;
  return {
    loginItem: { get: () => starts, set: (enabled) => void (starts = enabled) },
    openFolder: () => Promise.resolve(),
    tray: true,
    installed: true,
  };
}
