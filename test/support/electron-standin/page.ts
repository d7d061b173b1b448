import { makeCodec, type Codec } from './codec.ts';

/** What the preload may read of `process`. */
export interface PreloadInfo {
  readonly platform: string;
  readonly versions: Readonly<Record<string, string | undefined>>;
}

interface Bridge {
  expose(key: string, value: unknown): void;
}

interface Settled {
  readonly ok?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}

interface BridgeMessage {
  readonly call?: number;
  readonly args?: readonly unknown[];
  readonly returned?: Settled;
  readonly settle?: number;
  readonly result?: Settled;
  readonly expose?: string;
  readonly value?: unknown;
}

/**
 * One end of contextBridge, run in both worlds of a page. Values cross as details of CustomEvents,
 * which Chromium clones from world to world; functions and promises stay and cross as numbers.
 * Sent to the page as source: it uses nothing from outside itself.
 */
function makeBridge(tag: string, mine: string, theirs: string): Bridge {
  type Callable = (...args: unknown[]) => unknown;
  const functions: Callable[] = [];
  const promises = new Map<number, PromiseWithResolvers<unknown>>();
  let lastPromise = 0;
  let returned: Settled = {};
  const send = (detail: BridgeMessage): void => {
    document.dispatchEvent(new CustomEvent(`${tag}:${theirs}`, { detail }));
  };
  const faultOf = (error: unknown): Settled => ({
    error:
      error instanceof Error
        ? { name: error.name, message: error.message }
        : { name: 'Error', message: String(error) },
  });
  const raise = (fault: { readonly name: string; readonly message: string }): Error =>
    Object.assign(new Error(fault.message), { name: fault.name });

  const packPromise = (promise: Promise<unknown>): unknown => {
    lastPromise += 1;
    const settle = lastPromise;
    promise.then(
      (value) => {
        send({ settle, result: { ok: pack(value) } });
      },
      (error: unknown) => {
        send({ settle, result: faultOf(error) });
      },
    );
    return { $promise: settle };
  };
  const pack = (value: unknown): unknown => {
    if (typeof value === 'function') {
      const known = functions.indexOf(value as Callable);
      return { $function: known >= 0 ? known : functions.push(value as Callable) - 1 };
    }
    if (value instanceof Promise) return packPromise(value);
    if (Array.isArray(value)) return value.map(pack);
    if (
      typeof value === 'object' &&
      value !== null &&
      Object.getPrototypeOf(value) === Object.prototype
    )
      return { $object: Object.fromEntries(Object.entries(value).map(([k, v]) => [k, pack(v)])) };
    return value;
  };
  const callAcross =
    (call: number): Callable =>
    (...args) => {
      send({ call, args: args.map(pack) });
      const answer = returned;
      if (answer.error) throw raise(answer.error);
      return unpack(answer.ok);
    };
  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unpack);
    if (typeof value !== 'object' || value === null) return value;
    if ('$function' in value) return callAcross(Number(value.$function));
    if ('$promise' in value) {
      const waiting = Promise.withResolvers<unknown>();
      promises.set(Number(value.$promise), waiting);
      return waiting.promise;
    }
    if (!('$object' in value)) return value;
    const fields = Object.entries(value.$object as object);
    return Object.freeze(Object.fromEntries(fields.map(([key, field]) => [key, unpack(field)])));
  };
  const answer = (call: number, args: readonly unknown[]): Settled => {
    try {
      return { ok: pack(functions[call]?.(...args.map(unpack))) };
    } catch (error) {
      return faultOf(error);
    }
  };

  document.addEventListener(`${tag}:${mine}`, (event) => {
    const message = (event as CustomEvent<BridgeMessage>).detail;
    if (message.call !== undefined) send({ returned: answer(message.call, message.args ?? []) });
    else if (message.returned) returned = message.returned;
    else if (message.settle !== undefined) {
      const waiting = promises.get(message.settle);
      promises.delete(message.settle);
      if (message.result?.error) waiting?.reject(raise(message.result.error));
      else waiting?.resolve(unpack(message.result?.ok));
    } else if (message.expose !== undefined)
      Object.defineProperty(globalThis, message.expose, {
        value: unpack(message.value),
        enumerable: true,
      });
  });
  return {
    expose: (key, value) => {
      send({ expose: key, value: pack(value) });
    },
  };
}

/**
 * Runs in the page's own world before its scripts: the far end of contextBridge, and new windows,
 * which Electron asks `setWindowOpenHandler` about. Chromium can't be told to refuse them, so
 * `window.open` and links into new windows are caught here.
 */
function preparePage(tag: string, bridge: typeof makeBridge): void {
  bridge(tag, 'page', 'preload');
  const ask = (url: string): void => {
    document.dispatchEvent(
      new CustomEvent(`${tag}:open`, { detail: new URL(url, location.href).href }),
    );
  };
  window.open = (url) => {
    ask(String(url ?? 'about:blank'));
    return null;
  };
  addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!(link instanceof HTMLAnchorElement) || event.defaultPrevented) return;
    if (link.target !== '_blank' && !event.ctrlKey && !event.metaKey && !event.shiftKey) return;
    event.preventDefault();
    ask(link.href);
  });
}

interface FromMain {
  readonly reply?: number;
  readonly value?: unknown;
  readonly error?: string;
  readonly channel?: string;
  readonly args?: readonly unknown[];
}

/**
 * Runs the preload in its isolated world, with the part of `electron` a sandboxed preload has. Sent
 * to the page as source.
 */
function runPreload(
  tag: string,
  codecOf: () => Codec,
  bridgeOf: typeof makeBridge,
  info: PreloadInfo,
  preload: (require: unknown, module: unknown, exports: unknown, process: unknown) => void,
): void {
  type Listener = (...args: unknown[]) => void;
  interface World {
    __standInPost(text: string): void;
    __standInDeliver(text: string): void;
  }
  const world = globalThis as unknown as World;
  const codec = codecOf();
  const bridge = bridgeOf(tag, 'preload', 'page');
  const listeners = new Map<string, Listener[]>();
  const calls = new Map<number, PromiseWithResolvers<unknown> & { readonly channel: string }>();
  let lastCall = 0;
  const post = (message: unknown): void => {
    world.__standInPost(codec.encode(message));
  };
  document.addEventListener(`${tag}:open`, (event) => {
    post({ kind: 'open', url: (event as CustomEvent<string>).detail });
  });

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> => {
      lastCall += 1;
      const call = { ...Promise.withResolvers<unknown>(), channel };
      calls.set(lastCall, call);
      try {
        post({ kind: 'invoke', id: lastCall, channel, args });
      } catch (error) {
        call.reject(error);
      }
      return call.promise;
    },
    send: (channel: string, ...args: unknown[]) => {
      post({ kind: 'send', channel, args });
    },
    on: (channel: string, listener: Listener) => {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener) => {
      const left = (listeners.get(channel) ?? []).filter((each) => each !== listener);
      listeners.set(channel, left);
      return ipcRenderer;
    },
  };
  world.__standInDeliver = (text) => {
    const message = codec.decode(text) as FromMain;
    if (message.reply === undefined) {
      const event = { sender: ipcRenderer, ports: [] };
      for (const listener of listeners.get(message.channel ?? '') ?? [])
        listener(event, ...(message.args ?? []));
      return;
    }
    const call = calls.get(message.reply);
    calls.delete(message.reply);
    if (message.error === undefined) call?.resolve(message.value);
    else
      call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.error}`));
  };

  const exposed = new Set<string>();
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => {
      if (exposed.has(key))
        throw new Error(
          `Cannot bind an API on top of an existing property on the window object: ${key}`,
        );
      exposed.add(key);
      bridge.expose(key, api);
    },
  };
  const closed = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get: (object, key, receiver) => {
        const isAsked = key === 'default' || key === '__esModule';
        if (typeof key === 'string' && !(key in object) && !isAsked)
          throw new Error(`The Electron stand-in has no ${name}.${key} in a preload.`);
        return Reflect.get(object, key, receiver) as unknown;
      },
    });
  const electron = closed('electron', {
    ipcRenderer: closed('ipcRenderer', ipcRenderer),
    contextBridge: closed('contextBridge', contextBridge),
  });
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name} (a sandboxed preload has electron only)`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports, {
    ...info,
    env: {},
    type: 'renderer',
    contextIsolated: true,
    sandboxed: true,
  });
}

/** The script for the page's own world; `tag` keeps its events apart from the page's. */
export function pageScript(tag: string): string {
  return `(${preparePage.toString()})(${JSON.stringify(tag)}, ${makeBridge.toString()})`;
}

/** The script for the preload's world, with the preload (CommonJS) inside. */
export function preloadScript(tag: string, info: PreloadInfo, preload: string): string {
  const sources = [makeCodec, makeBridge].map((each) => each.toString()).join(', ');
  return `(${runPreload.toString()})(${JSON.stringify(tag)}, ${sources}, ${JSON.stringify(info)}, function (require, module, exports, process) {\n${preload}\n})`;
}
