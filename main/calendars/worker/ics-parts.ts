import { unreadable } from './unreadable.ts';

/** One line of a calendar, folded ones joined (RFC 5545 section 3.1). */
export interface IcsLine {
  /** Its number in the text, from 1. */
  readonly at: number;
  /** The property's name, in upper case. */
  readonly name: string;
  readonly text: string;
}

/** What stands between a BEGIN and its END. */
export interface IcsPart {
  readonly at: number;
  /** `VEVENT`, in upper case. */
  readonly name: string;
  readonly lines: readonly IcsLine[];
  readonly parts: readonly IcsPart[];
}

interface OpenPart extends IcsPart {
  readonly lines: IcsLine[];
  readonly parts: OpenPart[];
}

/** The lines of a text, folded ones joined, blank ones left out. */
function unfolded(text: string): readonly IcsLine[] {
  const joined: { at: number; text: string }[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .forEach((line, index) => {
      const last = joined.at(-1);
      if (last !== undefined && (line.startsWith(' ') || line.startsWith('\t')))
        last.text += line.slice(1);
      else if (line.trim() !== '') joined.push({ at: index + 1, text: line });
    });
  return joined.map((line) => ({ ...line, name: nameOf(line.text) }));
}

function nameOf(text: string): string {
  return (/^[^;:]*/.exec(text)?.[0] ?? '').trim().toUpperCase();
}

function valueOf(line: IcsLine): string {
  return line.text
    .slice(line.text.indexOf(':') + 1)
    .trim()
    .toUpperCase();
}

/**
 * The calendars (VCALENDAR) of a text with what they contain; a text may hold several. Values aren't
 * read yet, so that a line nobody needs can't spoil the rest. A text without a calendar, or with a
 * part that is closed wrongly or never, is refused.
 */
export function readParts(text: string): readonly IcsPart[] {
  const root: OpenPart = { at: 1, name: '', lines: [], parts: [] };
  const open: OpenPart[] = [root];
  for (const line of unfolded(text)) {
    const inner = open.at(-1) ?? root;
    if (line.name === 'BEGIN') {
      const part: OpenPart = { at: line.at, name: valueOf(line), lines: [], parts: [] };
      inner.parts.push(part);
      open.push(part);
    } else if (line.name === 'END') {
      if (inner === root || inner.name !== valueOf(line)) throw wrongEnd(line, inner);
      open.pop();
    } else inner.lines.push(line);
  }
  const left = open.at(-1);
  if (left !== undefined && left !== root)
    throw unreadable(
      `can't be read: line ${String(left.at)} begins a ${left.name} that never ends; the file is cut off, save it again`,
    );
  const calendars = root.parts.filter((part) => part.name === 'VCALENDAR');
  if (calendars.length === 0)
    throw unreadable(
      'is no calendar: it has no line BEGIN:VCALENDAR; choose a file that ends in .ics',
    );
  return calendars;
}

function wrongEnd(line: IcsLine, inner: IcsPart): Error {
  const expected = inner.name === '' ? 'nothing has begun' : `END:${inner.name} is missing`;
  return unreadable(
    `can't be read: line ${String(line.at)} is END:${valueOf(line)}, but ${expected}; export the calendar again`,
  );
}
