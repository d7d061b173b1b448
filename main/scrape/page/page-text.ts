import { isTag, isText, type ParentNode } from 'domhandler';

/** Elements whose text isn't part of what a reader sees. */
const unseen: ReadonlySet<string> = new Set(['script', 'style', 'template', 'noscript']);

/** Elements that run on in their line; every other one parts words. */
const inline: ReadonlySet<string> = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark output q s samp ' +
    'small span strike strong sub sup time tt u var wbr'
  ).split(' '),
);

function gather(node: ParentNode, pieces: string[]): void {
  for (const child of node.children) {
    if (isText(child)) pieces.push(child.data);
    else if (isTag(child)) {
      if (unseen.has(child.name)) continue;
      const parting = !inline.has(child.name);
      if (parting) pieces.push(' ');
      gather(child, pieces);
      if (parting) pieces.push(' ');
    }
  }
}

// Control characters but for blanks, and the zero-width space.
const unprintable = /(?![\t-\r])[\p{Cc}\u200b]/gu;

/** Text with its blanks collapsed to single spaces, trimmed, and without control characters. */
export function collapsed(text: string): string {
  return text.replace(unprintable, '').replace(/\s+/g, ' ').trim();
}

/**
 * What a reader sees of an element as one line: no scripts and styles, blanks collapsed, and a blank
 * where a block, a table cell or a `<br>` parts words.
 */
export function textOf(node: ParentNode): string {
  const pieces: string[] = [];
  gather(node, pieces);
  return collapsed(pieces.join(''));
}
