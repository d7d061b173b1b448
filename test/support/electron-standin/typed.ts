import type { EventEmitter } from 'node:events';

/** The members of `Mine` that Electron's `Real` doesn't have; the stand-in's own begin with `standIn`. */
export type Foreign<Mine, Real> = Exclude<
  keyof Mine,
  keyof Real | keyof EventEmitter | `standIn${string}`
>;

/** Compiles only where nothing foreign was found: a wrong belief about Electron's API stops here. */
export type Nothing<T extends never> = T;

/** Asked of every object by the language or by a debugger, so not a use of Electron's API. */
const askedOfAll: ReadonlySet<string> = new Set(['then', 'toJSON', 'default', '__esModule']);

/**
 * The same object, which throws a clear error where a member is used that the stand-in doesn't have.
 * A silent `undefined` would let a spec pass here and fail on the real Electron.
 */
export function only<T extends object>(name: string, target: T): T {
  const missing = (key: string): Error =>
    new Error(
      `The Electron stand-in has no ${name}.${key}; add it in test/support/electron-standin.`,
    );
  return new Proxy(target, {
    get: (object, key, receiver) => {
      if (typeof key === 'string' && !(key in object) && !askedOfAll.has(key)) throw missing(key);
      return Reflect.get(object, key, receiver) as unknown;
    },
    set: (object, key, value, receiver) => {
      if (typeof key === 'string' && !(key in object)) throw missing(key);
      return Reflect.set(object, key, value, receiver);
    },
  });
}

/** What Electron's events have in common: a listener may prevent what would follow. */
export interface Preventable {
  defaultPrevented: boolean;
  preventDefault(): void;
}

/** An event with these members, which a listener may prevent. */
export function preventable<Members extends object>(members: Members): Members & Preventable {
  const event = {
    ...members,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
