/** Turns what a structured clone carries into text and back. */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * The codec between main and a page. The function is also sent to the page as source, so it uses
 * nothing from outside itself. What Electron's IPC can't clone throws here with Electron's words.
 */
export function makeCodec(): Codec {
  type Tagged = { readonly $: string } & Readonly<Record<string, unknown>>;
  const uncloneable = (): Error => new Error('An object could not be cloned.');
  const toBase64 = (bytes: Uint8Array): string => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const views: Readonly<Record<string, new (buffer: ArrayBuffer) => ArrayBufferView>> = {
    Uint8Array,
    Int8Array,
    Uint8ClampedArray,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
    DataView,
  };
  const packFields = (value: object, pack: (value: unknown) => unknown): unknown =>
    Object.fromEntries(Object.entries(value).map(([key, field]) => [key, pack(field)]));

  const packObject = (value: object, pack: (value: unknown) => unknown): unknown => {
    if (value instanceof Date) return { $: 'date', ms: value.getTime() };
    if (value instanceof Error) return { $: 'error', name: value.name, message: value.message };
    if (value instanceof Map)
      return { $: 'map', entries: [...value].map((pair) => pair.map(pack)) };
    if (value instanceof Set) return { $: 'set', values: [...value].map(pack) };
    if (value instanceof ArrayBuffer)
      return { $: 'buffer', bytes: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const kind = value.constructor.name in views ? value.constructor.name : 'Uint8Array';
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return { $: 'view', kind, bytes: toBase64(bytes) };
    }
    if (value instanceof Promise || value instanceof WeakMap) throw uncloneable();
    return { $: 'object', fields: packFields(value, pack) };
  };

  const pack = (value: unknown, above: readonly object[]): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (typeof value === 'bigint') return { $: 'bigint', text: String(value) };
    if (typeof value === 'function' || typeof value === 'symbol') throw uncloneable();
    if (typeof value === 'number' && !Number.isFinite(value))
      return { $: 'number', text: String(value) };
    if (typeof value !== 'object' || value === null) return value;
    if (above.includes(value)) throw new Error('The Electron stand-in carries no cyclic values.');
    const deeper = [...above, value];
    if (Array.isArray(value)) return value.map((item: unknown) => pack(item, deeper));
    return packObject(value, (inner) => pack(inner, deeper));
  };

  const unpackTagged = (tagged: Tagged): unknown => {
    switch (tagged.$) {
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(String(tagged['text']));
      case 'number':
        return Number(tagged['text']);
      case 'date':
        return new Date(Number(tagged['ms']));
      case 'error':
        return Object.assign(new Error(String(tagged['message'])), { name: tagged['name'] });
      case 'map':
        return new Map(unpack(tagged['entries']) as [unknown, unknown][]);
      case 'set':
        return new Set(unpack(tagged['values']) as unknown[]);
      case 'buffer':
        return fromBase64(String(tagged['bytes'])).buffer;
      case 'view': {
        const View = views[String(tagged['kind'])] ?? Uint8Array;
        return new View(fromBase64(String(tagged['bytes'])).buffer);
      }
      default:
        return packFields(tagged['fields'] as object, unpack);
    }
  };

  const unpack = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(unpack);
    return unpackTagged(value as Tagged);
  };

  return {
    encode: (value) => JSON.stringify(pack(value, [])),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
