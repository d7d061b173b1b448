import { DomHandler, isTag, type Document, type Element, type ParentNode } from 'domhandler';
import { Parser } from 'htmlparser2';

/** Deeper elements become siblings of the deepest, as browsers do it. */
const depthMost = 512;

/** Beyond this many unclosed elements a page isn't made for people. */
const unclosedMost = 10_000;

/** A page nests its elements beyond all measure. */
export class TooDeepError extends Error {}

/** A handler whose tree never gets deeper than `depthMost`, so that no walk through it overflows. */
class BoundedHandler extends DomHandler {
  #beyond = 0;

  override onopentag(name: string, attribs: Record<string, string>): void {
    if (this.tagStack.length > depthMost) {
      // The new element takes the place of the deepest one, as its sibling.
      this.tagStack.pop();
      this.#beyond += 1;
      if (this.#beyond > unclosedMost) throw new TooDeepError();
    }
    super.onopentag(name, attribs);
  }

  override onclosetag(): void {
    if (this.#beyond > 0) {
      this.#beyond -= 1;
      this.lastNode = null;
    } else super.onclosetag();
  }
}

/** Parses HTML of any quality. Throws `TooDeepError` where more than 10,000 elements stay open. */
export function parseDocument(html: string): Document {
  const handler = new BoundedHandler();
  new Parser(handler).end(html);
  return handler.root;
}

/** Visits the elements below a node in document order, but not those in a `<template>`, until one is taken. */
export function walkElements(
  root: ParentNode,
  take: (element: Element) => boolean,
): Element | null {
  for (const child of root.children) {
    if (!isTag(child)) continue;
    if (take(child)) return child;
    if (child.name === 'template' || child.children.length === 0) continue;
    const found = walkElements(child, take);
    if (found !== null) return found;
  }
  return null;
}

/** The first element with this name, anywhere in the document. */
export function firstNamed(root: ParentNode, name: string): Element | null {
  return walkElements(root, (element) => element.name === name);
}

/** The address that relative links resolve against: `<base href>` where it is http(s), else the page's own. */
export function baseOf(document: Document, pageUrl: string): string {
  const base = walkElements(
    document,
    (one) => one.name === 'base' && one.attribs['href'] !== undefined,
  );
  const href = base?.attribs['href'];
  if (href === undefined || !URL.canParse(href, pageUrl)) return pageUrl;
  const url = new URL(href, pageUrl);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : pageUrl;
}
