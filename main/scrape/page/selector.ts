import { compile, selectAll } from 'css-select';
import { isTraversal, parse, SelectorType, type Selector as Token } from 'css-what';
import type { AnyNode, Element, ParentNode } from 'domhandler';
import { walkElements } from './document.ts';

/** A compiled CSS selector. */
export interface Selector {
  /** All matching elements below this one, in document order. */
  all(root: ParentNode): readonly Element[];
  first(root: ParentNode): Element | null;
}

/** A selector that can't be read; the message says why and what to do. */
export class SelectorError extends Error {}

function namesScope(token: Token): boolean {
  if (token.type !== SelectorType.Pseudo) return false;
  if (token.name === 'scope') return true;
  // `:has(> a)` is relative to its own element and needs no help.
  return (
    token.name !== 'has' &&
    Array.isArray(token.data) &&
    token.data.some((one) => one.some(namesScope))
  );
}

/** Whether a selector speaks of the item it is used on: `> a`, `+ tr`, `:scope > a`. */
function isRelative(tokens: readonly (readonly Token[])[]): boolean {
  return tokens.some((one) => {
    const [first] = one;
    return (first !== undefined && isTraversal(first)) || one.some(namesScope);
  });
}

/** Whether a selector ends in something that can match, not in a combinator. */
function isWhole(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last !== undefined && !isTraversal(last);
}

function tokensOf(text: string): Token[][] {
  try {
    const tokens = parse(text);
    if (tokens.length > 0 && tokens.every(isWhole)) return tokens;
  } catch (error) {
    const detail = error instanceof Error ? ` (${error.message})` : '';
    throw new SelectorError(`isn't a CSS selector${detail}; mend it, for example h3 > a.title`);
  }
  throw new SelectorError("isn't a whole CSS selector; mend it, for example h3 > a.title");
}

function compiled(text: string): (element: Element) => boolean {
  try {
    return compile<AnyNode, Element>(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new SelectorError(`uses what isn't supported here (${detail}); write it another way`);
  }
}

/**
 * Compiles a selector once for many pages. As in browsers, `h3 a` inside an item may name elements
 * above the item too; `> a`, `+ tr` and `:scope` are relative to the item. Throws `SelectorError`.
 */
export function compileSelector(text: string): Selector {
  const relative = isRelative(tokensOf(text));
  const matches = compiled(text);
  if (relative) {
    const all = (root: ParentNode): readonly Element[] => selectAll<AnyNode, Element>(text, root);
    return { all, first: (root) => all(root)[0] ?? null };
  }
  return {
    all: (root) => {
      const found: Element[] = [];
      walkElements(root, (element) => {
        if (matches(element)) found.push(element);
        return false;
      });
      return found;
    },
    first: (root) => walkElements(root, matches),
  };
}
