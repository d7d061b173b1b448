import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type Document,
  type Node,
} from 'yaml';
import { nameText, pathText } from '../../contract/faults.ts';
import { invalid, type RefusedError } from '../../contract/result.ts';

/** The deepest nesting a schedule file may have; the format itself needs 8 levels. */
const maxDepth = 64;

/**
 * The most pieces (names, values, marks, line ends) a file may have: those of some 800 schedules. The
 * parser below takes 0.7 kB for each; with more of them it would keep the scheduler's thread for seconds,
 * and hundreds of megabytes.
 */
const maxPieces = 65_000;

/** What the lexer puts between the pieces of the text: the begin of a document, of a scalar, an end. */
const lexerMarks: ReadonlySet<string> = new Set(['\u0002', '\u001f', '\u0018']);

type Path = readonly PropertyKey[];

/** What the YAML library's codes mean to a person, with the remedy. */
const remedies: Readonly<Record<string, string>> = {
  BAD_INDENT:
    'the indentation is wrong, or a bracket before it is not closed; line entries up with spaces',
  BAD_SCALAR_START: 'a value begins with a reserved character; put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'one line holds two ": "; put the value in quotes or on a line of its own',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing',
  RESOURCE_EXHAUSTION: 'it is nested too deeply; write it flatter',
  MULTIPLE_DOCS: 'a second document begins; write one file for each',
  TAB_AS_INDENT: 'a tab indents the line; use spaces',
};

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${String(before.length)}, column ${String((before.at(-1) ?? '').length + 1)}`;
}

function placeOf(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `line ${String(line)}, column ${String(col)}`;
}

/** What the library calls an error, as far as it matters here. */
interface Mistake {
  readonly offset: number;
  readonly code: string;
  readonly message: string;
}

function notYaml(lines: LineCounter, { offset, code, message }: Mistake): RefusedError {
  const said = message.split('\n')[0]?.trim() ?? '';
  const remedy = remedies[code] ?? said.charAt(0).toLowerCase() + said.slice(1);
  return invalid([
    { path: '', message: `The file isn't YAML at ${placeOf(lines, offset)}: ${remedy}.` },
  ]);
}

/**
 * Refuses what only attacks are made of: nesting, as the parser below recurses once a level, and more
 * pieces than a schedule file can have.
 */
function refuseExcess(text: string): void {
  let pieces = 0;
  let flow = 0;
  let marks = 0;
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') flow += 1;
    else if (token === ']' || token === '}') flow -= 1;
    else if (token === '-' || token === '?') marks += 1;
    else if (token === '\n' || token === '\r\n') marks = 0;
    if (flow < 0)
      throw invalid([
        {
          path: '',
          message: `The file isn't YAML at ${lineAndColumn(text, offset)}: this ${token} has nothing to close.`,
        },
      ]);
    if (!lexerMarks.has(token)) offset += token.length;
    pieces += 1;
    if (pieces > maxPieces)
      throw invalid([
        {
          path: '',
          message: `The file has more than ${String(maxPieces)} names and values; split it into several.`,
        },
      ]);
    if (flow > maxDepth || marks > maxDepth)
      throw invalid([
        {
          path: '',
          message: `The file is nested more than ${String(maxDepth)} levels deep near character ${String(offset)}; write it flatter.`,
        },
      ]);
  }
}

type Source = number | readonly [number, number] | { readonly offset: number };

function offsetOf(source: Source): number {
  if (typeof source === 'number') return source;
  return 'offset' in source ? source.offset : source[0];
}

/**
 * The library collects every error it finds, which takes seconds for a file made of nothing else.
 * This one stops at the first.
 */
function stoppingComposer(lines: LineCounter): Composer {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    prettyErrors: false,
    // The library compares each key with each; the reader below does it once.
    uniqueKeys: false,
  });
  let first: RefusedError | null = null;
  const onError = (source: Source, code: string, message: string, warning?: boolean): void => {
    if (warning === true) return;
    // The library may catch this and call again with the message of what it caught.
    first ??= notYaml(lines, { offset: offsetOf(source), code, message });
    throw first;
  };
  return Object.assign(composer, { onError });
}

function* documentsOf(text: string, lines: LineCounter): Generator<Document.Parsed> {
  const composer = stoppingComposer(lines);
  for (const token of new Parser(lines.addNewLine).parse(text)) {
    if (token.type === 'error')
      throw notYaml(lines, {
        offset: token.offset,
        code: 'UNEXPECTED_TOKEN',
        message: token.message,
      });
    yield* composer.next(token);
  }
  yield* composer.end();
}

function onlyDocument(text: string, lines: LineCounter): Document.Parsed | null {
  let found: Document.Parsed | null = null;
  for (const document of documentsOf(text, lines)) {
    const [error] = document.errors;
    if (error !== undefined) {
      const { code, message, pos } = error;
      throw notYaml(lines, { code, message, offset: pos[0] });
    }
    if (found !== null)
      throw notYaml(lines, { offset: document.range[0], code: 'MULTIPLE_DOCS', message: '' });
    found = document;
  }
  return found;
}

/** Turns the parsed nodes into plain values, refusing what YAML offers and the schedule file doesn't. */
class Reader {
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  #refuse(node: Node | null, path: Path, message: string): never {
    const place =
      node?.range === undefined || node.range === null
        ? ''
        : ` (${placeOf(this.#lines, node.range[0])})`;
    throw invalid([{ path: pathText(path), message: `${message}${place}` }]);
  }

  value(node: unknown, path: Path): unknown {
    if (node === null || node === undefined) return null;
    if (isAlias(node))
      return this.#refuse(
        node,
        path,
        `repeats *${nameText(node.source)}; aliases are not read, write the value out`,
      );
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) throw new TypeError('not a YAML node');
    if (node.anchor !== undefined)
      return this.#refuse(
        node,
        path,
        `is marked &${nameText(node.anchor)}; anchors are not read, leave the mark out`,
      );
    if (node.tag !== undefined)
      return this.#refuse(
        node,
        path,
        `has the tag ${nameText(node.tag)}; tags are not read, leave it out`,
      );
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, index) => this.value(item, [...path, index]));
    const entries = new Map<string, unknown>();
    for (const pair of node.items) {
      const key = this.#key(pair.key, path);
      const place = [...path, key];
      const keyNode = isScalar(pair.key) ? pair.key : null;
      if (entries.has(key)) this.#refuse(keyNode, place, 'is written twice; leave one out');
      entries.set(key, this.value(pair.value, place));
    }
    return Object.fromEntries(entries);
  }

  #key(key: unknown, path: Path): string {
    if (!isScalar(key))
      return this.#refuse(
        isAlias(key) || isMap(key) || isSeq(key) ? key : null,
        path,
        'has a name that is not a text; write a plain name',
      );
    if (key.anchor !== undefined || key.tag !== undefined)
      return this.#refuse(key, path, 'has a name with an anchor or a tag; write a plain name');
    const name = String(key.value);
    if (name === '__proto__')
      return this.#refuse(key, [...path, name], 'is not a field known here; leave it out');
    return name;
  }
}

/**
 * The plain value of a YAML 1.2 text (core schema) or a JSON text. Tags, anchors, aliases, names
 * written twice, `__proto__` and deep nesting are refused.
 *
 * @throws RefusedError `invalid`: one plain sentence with the line and the column.
 */
export function readYamlText(text: string): unknown {
  refuseExcess(text);
  const lines = new LineCounter();
  const document = onlyDocument(text, lines);
  if (document === null) return null;
  const { explicit, version } = document.directives.yaml;
  if (explicit === true && version !== '1.2')
    throw invalid([
      {
        path: '',
        message: `The file says it is YAML ${version}; write YAML 1.2, or leave the %YAML line out.`,
      },
    ]);
  return new Reader(lines).value(document.contents, []);
}
