/** A body as text. */
export interface DecodedBody {
  readonly text: string;
  /** The encoding it was read in, as the web names it: `utf-8`, `windows-1252`, `shift_jis`. */
  readonly encoding: string;
  /** How many bytes or sequences made no sense and became U+FFFD. */
  readonly replaced: number;
}

/** How far into a page a `<meta charset>` is looked for. */
const metaBytes = 4096;

function byteOrderMark(body: Uint8Array): string | null {
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return 'utf-8';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  return null;
}

function known(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

function fromHeader(contentType: string | null): string | null {
  return known(/;\s*charset\s*=\s*["']?([^"';\s]+)/i.exec(contentType ?? '')?.[1]);
}

function fromMeta(body: Uint8Array): string | null {
  const head = Buffer.from(body.subarray(0, metaBytes)).toString('latin1');
  const meta = /<meta\b[^>]{0,500}?charset\s*=\s*["']?\s*([^"'\s/>;]+)/i.exec(head)?.[1];
  const encoding = known(meta);
  // A page whose meta could be read as ASCII isn't UTF-16, whatever it says (HTML standard).
  return encoding?.startsWith('utf-16') === true ? 'utf-8' : encoding;
}

function isUtf8(body: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
    return true;
  } catch {
    return false;
  }
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}

/**
 * Decodes a page: by its byte order mark, else the charset of its Content-Type, else its
 * `<meta charset>`, else as UTF-8 where it is valid and as windows-1252 where it isn't. Never throws;
 * labels unknown to the web's encodings count as absent.
 */
export function decodeBody(body: Uint8Array, contentType: string | null): DecodedBody {
  const encoding =
    byteOrderMark(body) ??
    fromHeader(contentType) ??
    fromMeta(body) ??
    (isUtf8(body) ? 'utf-8' : 'windows-1252');
  const text = new TextDecoder(encoding).decode(body);
  return { text, encoding, replaced: count(text, '\ufffd') };
}
