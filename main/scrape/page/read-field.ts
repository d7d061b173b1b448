import { isTag, type ParentNode } from 'domhandler';
import type { FieldRule, FieldValue } from '../../../contract/scrape.ts';
import { collapsed, textOf } from './page-text.ts';
import { dateReader } from './parse-date.ts';
import { numberReader } from './parse-number.ts';
import { compileSelector } from './selector.ts';

/** A single value, as one element gives it. */
type Single = string | number | boolean;

/** What a field found on one item. */
export interface Reading {
  /** The value for the record; null, or an empty list, where there is none. */
  readonly value: FieldValue;
  readonly fault: 'missing' | 'unreadable' | null;
  /** The text that couldn't be read, for `unreadable`. */
  readonly text: string;
}

/** Reads one field of an item; `base` is what relative addresses resolve against. */
export type FieldReader = (item: ParentNode, base: string) => Reading;

/** Turns a text into the value asked for; null where it can't be read so. */
type Convert = (text: string, base: string) => Single | null;

const no: ReadonlySet<string> = new Set(['false', 'no', 'off', '0']);

/** The absolute form of an address, or null where it isn't one. */
export function resolved(address: string, base: string): string | null {
  const trimmed = address.trim();
  return URL.canParse(trimmed, base) ? new URL(trimmed, base).href : null;
}

function linkAttribute(rule: FieldRule): boolean {
  return rule.attr === 'href' || rule.attr === 'src';
}

function converterOf(rule: FieldRule): Convert {
  const locale = rule.locale ?? 'en';
  switch (rule.as) {
    case 'number':
      return numberReader(locale);
    case 'date':
      return dateReader(rule.format, locale);
    case 'boolean':
      return (text) => !no.has(text.toLowerCase());
    case 'url':
      return resolved;
    case 'text':
    case undefined:
      return linkAttribute(rule) && rule.pattern === undefined ? resolved : (text) => text;
  }
}

/** A pattern with Unicode meaning where it allows that, in its plain form else. Throws SyntaxError. */
function compilePattern(pattern: string, many: boolean): RegExp {
  const flags = many ? 'g' : '';
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    return new RegExp(pattern, flags);
  }
}

/** The text an element offers: an attribute, an address for `as: url`, else what a reader sees. */
function sourceOf(rule: FieldRule): (node: ParentNode, base: string) => string | null {
  const { attr } = rule;
  const attribute = (node: ParentNode, name: string): string | null =>
    isTag(node) ? (node.attribs[name] ?? null) : null;
  if (attr !== undefined) {
    const resolve = linkAttribute(rule) && rule.pattern !== undefined;
    return (node, base) => {
      const text = attribute(node, attr);
      return text === null ? null : collapsed(resolve ? (resolved(text, base) ?? text) : text);
    };
  }
  if (rule.as === 'url')
    return (node) => attribute(node, 'href') ?? attribute(node, 'src') ?? textOf(node);
  return textOf;
}

/** The pieces of a text the pattern asks for: its first group, or all it matches where it has none. */
function piecesOf(pattern: RegExp | null, text: string, many: boolean): readonly string[] {
  if (pattern === null) return [text];
  const piece = (match: RegExpExecArray): string =>
    collapsed(match.length > 1 ? (match[1] ?? '') : match[0]);
  if (many) return [...text.matchAll(pattern)].map(piece);
  const match = pattern.exec(text);
  return match === null ? [] : [piece(match)];
}

function booleanReading(texts: readonly string[]): Reading {
  const [text] = texts;
  return { value: text !== undefined && !no.has(text.toLowerCase()), fault: null, text: '' };
}

function listReading(texts: readonly string[], convert: (text: string) => Single | null): Reading {
  const values = texts.map(convert);
  const bad = values.indexOf(null);
  const value = values.filter((one) => one !== null);
  if (bad >= 0) return { value, fault: 'unreadable', text: texts[bad] ?? '' };
  return { value, fault: value.length === 0 ? 'missing' : null, text: '' };
}

function singleReading(
  text: string | undefined,
  convert: (text: string) => Single | null,
): Reading {
  if (text === undefined) return { value: null, fault: 'missing', text: '' };
  const value = convert(text);
  return { value, fault: value === null ? 'unreadable' : null, text };
}

/**
 * Compiles a field's rule (design.md section 3) into its reader. Without `select` the item itself is
 * read. The text is an attribute's, or what a reader sees; `href` and `src` are absolute; the pattern
 * takes its first group, with `many` of every match. An empty text counts as missing.
 *
 * `as: boolean` is never missing: it is true where something is found that isn't `false`, `no`, `off`
 * or `0`, an empty attribute included. `as: url` without `attr` reads an element's href, src or text.
 *
 * Throws `SelectorError`, `DateFormatError`, or `SyntaxError` for a pattern that doesn't compile.
 */
export function compileField(rule: FieldRule): FieldReader {
  const select = rule.select === undefined ? null : compileSelector(rule.select);
  const many = rule.many === true;
  const pattern = rule.pattern === undefined ? null : compilePattern(rule.pattern, many);
  const source = sourceOf(rule);
  const convert = converterOf(rule);
  const nodesOf = (item: ParentNode): readonly ParentNode[] => {
    if (select === null) return [item];
    if (many) return select.all(item);
    const first = select.first(item);
    return first === null ? [] : [first];
  };
  return (item, base) => {
    const texts = nodesOf(item)
      .map((node) => source(node, base))
      .filter((text) => text !== null)
      .flatMap((text) => piecesOf(pattern, text, many));
    if (rule.as === 'boolean') return booleanReading(texts);
    const filled = texts.filter((text) => text !== '');
    const converted = (text: string): Single | null => convert(text, base);
    return many ? listReading(filled, converted) : singleReading(filled[0], converted);
  };
}
