import fc from 'fast-check';
import { yamlText } from '../../../main/calls/shortest-form.ts';
import { withHoles } from './holes.ts';
import { scheduleDocument } from './schedule-documents.ts';

type Edit = (text: string) => string;

/** Marks that mean something to YAML or JSON, and characters that editors and systems leave. */
const marks = fc.constantFrom(
  ...[
    '&a ',
    '*a',
    '!!js/function ',
    '!!binary ',
    '!<tag:x> ',
    '<<: *a\n',
    '%YAML 1.1\n---\n',
    '---\n',
  ],
  ...['...\n', '\t', '\u0000', '\ufeff', '\r', '\u2028', '\u0085', '"', "'", '{', '}', '[', ']'],
  ...[
    '? ',
    '- ',
    ': ',
    '|\n',
    '>-\n',
    '#',
    ',',
    '\\',
    '\\u0000',
    '1e999',
    '0x1f',
    '-0',
    '~',
    '\ud800',
  ],
);

const insertMark: fc.Arbitrary<Edit> = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), marks)
  .map(([place, mark]) => (text) => {
    const at = Math.floor(place * text.length);
    return text.slice(0, at) + mark + text.slice(at);
  });

const lineEnds: fc.Arbitrary<Edit> = fc
  .constantFrom('\r\n', '\r', '\n\n', '\u2028', '\u0085', ' \n', '\n\t')
  .map((end) => (text) => text.replaceAll('\n', end));

const bom: fc.Arbitrary<Edit> = fc
  .constantFrom('\ufeff', '\ufeff\ufeff')
  .map((mark) => (text) => mark + text);

/** A text of so many characters, or nearly, made of a hundred different pieces over and over. */
function filled(piece: (index: number) => string, length: number): string {
  const some = Array.from({ length: 100 }, (_, index) => piece(index)).join('');
  return some.repeat(Math.ceil(length / some.length)).slice(0, length);
}

/** Texts that nobody writes, made to keep a reader busy or fill its memory: how they begin, and go on. */
const pieces: readonly (readonly [string, (index: number) => string])[] = [
  ['', () => '['],
  ['', () => '- '],
  ['', () => '? '],
  ['', () => 'a: b: c\n'],
  ['jackdaw: 1\nschedules:\n', () => '- {}\n'],
  ['jackdaw: 1\nschedules: [', () => '1e308,'],
  ['', (index) => `k${String(index)}: 1\n`],
  ['', (index) => `b${String(index)}: &b${String(index)} [*b${String(index - 1)}, *b0]\n`],
  ['jackdaw: 1\nhours:\n- id: a\n  name: "', () => '\\u0000'],
  ['jackdaw: 1\nschedules:\n- name: |\n', () => '    x\n'],
  ['jackdaw: ', () => '9'],
  ['{"jackdaw": 1, "a": ', () => '{"a":'],
  ['jackdaw: 1\n', (index) => `__proto__: { polluted: ${String(index)} }\n`],
  ['jackdaw: 1\n# ', () => 'ä'],
  ['', (index) => `${' '.repeat(index)}a:\n`],
];

/** The worst that there is to read: of each kind as much as is read, and as many values as just pass. */
export const worstTexts: readonly string[] = [
  ...pieces.map(([head, piece]) => head + filled(piece, 999_000)),
  `jackdaw: 1\nschedules: [${'1,'.repeat(21_500)}1]`,
];

const bombs = fc
  .tuple(
    fc.constantFrom(...pieces),
    // Of the largest a few are enough: each takes as long as it may.
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(300, 5_000) },
      { weight: 1, arbitrary: fc.constantFrom(100_000, 999_000, 1_000_500) },
    ),
  )
  .map(([[head, piece], bytes]) => Buffer.from(head + filled(piece, bytes)));

/** Damage to bytes, as disks, networks and attackers do it. Each place is a share of the length. */
const share = fc.double({ min: 0, max: 1, noNaN: true });
const bytesDamage: fc.Arbitrary<(bytes: Buffer) => Buffer> = fc.oneof(
  fc.tuple(share, fc.nat({ max: 7 })).map(([place, bit]) => (bytes: Buffer): Buffer => {
    const copy = Buffer.from(bytes);
    const at = Math.floor(place * (copy.length - 1));
    copy[at] = (copy[at] ?? 0) ^ (1 << bit);
    return copy;
  }),
  fc.tuple(share, share).map(([from, to]) => (bytes: Buffer): Buffer => {
    const [first, last] = [from, to]
      .sort((a, b) => a - b)
      .map((at) => Math.floor(at * bytes.length));
    return Buffer.concat([bytes.subarray(0, first), bytes.subarray(last)]);
  }),
  fc.tuple(share, share, share).map(([from, to, into]) => (bytes: Buffer): Buffer => {
    const at = Math.floor(into * bytes.length);
    const piece = bytes.subarray(Math.floor(from * bytes.length), Math.floor(to * bytes.length));
    return Buffer.concat([bytes.subarray(0, at), piece, bytes.subarray(at)]);
  }),
  fc
    .tuple(share, fc.integer({ min: 2, max: 200 }))
    .map(([from, times]) => (bytes: Buffer): Buffer => {
      const piece = bytes.subarray(Math.floor(from * bytes.length)).subarray(0, 2_000);
      return Buffer.concat([bytes, ...Array.from({ length: times }, () => piece)]);
    }),
  fc
    .tuple(share, fc.uint8Array({ maxLength: 20 }))
    .map(([place, patch]) => (bytes: Buffer): Buffer => {
      const at = Math.floor(place * bytes.length);
      return Buffer.concat([bytes.subarray(0, at), patch, bytes.subarray(at + patch.length)]);
    }),
);

const written: fc.Arbitrary<(document: unknown) => string> = fc.constantFrom(
  (document) => JSON.stringify(document),
  (document) => JSON.stringify(document, null, '\t'),
  (document) => {
    const text = JSON.stringify(document);
    // The library that writes YAML recurses once a level.
    return /[[{]{200}|(\{"a":){200}/.test(text)
      ? text
      : yamlText(document as Record<string, unknown>);
  },
);

const documents = fc
  .oneof(
    { weight: 2, arbitrary: scheduleDocument },
    { weight: 5, arbitrary: withHoles(scheduleDocument) },
  )
  // JSON has no word for it.
  .filter((document) => document !== undefined);

const edits = fc.array(fc.oneof({ weight: 8, arbitrary: insertMark }, lineEnds, bom), {
  maxLength: 3,
});
const damages = fc.array(bytesDamage, { minLength: 1, maxLength: 3 });

/** A little more than is read of a file. */
const mostCharacters = 1_000_500;

const whole = fc
  .tuple(documents, written)
  .map(([document, write]) => write(document).slice(0, mostCharacters));
const edited: fc.Arbitrary<Buffer> = fc
  .tuple(whole, edits)
  .map(([text, given]) => Buffer.from(given.reduce((before, edit) => edit(before), text)));

/** Schedule files as bytes: right, damaged in their structure, their text or their bytes, and bombs. */
export const damagedFile: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 10, arbitrary: edited },
  {
    weight: 8,
    arbitrary: fc
      .tuple(edited, damages)
      .map(([bytes, given]) => given.reduce<Buffer>((before, damage) => damage(before), bytes)),
  },
  { weight: 1, arbitrary: bombs },
);
