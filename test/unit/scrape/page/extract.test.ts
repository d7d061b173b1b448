import { describe, expect, it } from 'vitest';
import type { FieldRule } from '../../../../contract/scrape.ts';
import { compileScrape, type ReadingRules } from '../../../../main/scrape/page/compile-scrape.ts';
import { TooDeepError } from '../../../../main/scrape/page/document.ts';
import { extractPage, type PageReading } from '../../../../main/scrape/page/extract.ts';

const plenty = { rows: 1000, characters: 1_000_000 };

function read(rules: ReadingRules, html: string, url = 'https://shop.test/list/'): PageReading {
  const { compiled, faults } = compileScrape(rules, '');
  expect(faults).toEqual([]);
  return extractPage(compiled, html, url, plenty);
}

/** What one field reads from the first item of a page. */
function field(rule: string | FieldRule, html: string): unknown {
  return read({ items: '.item', fields: { it: rule } }, `<div class=item>${html}</div>`)
    .records[0]?.['it'];
}

describe('scrape/page/extract: items', () => {
  const html = `<title> The
    list </title><ul><li class=a><b>One</b><li class=a><b>Two</b></ul>`;

  it('gives one record an item, its fields in their order', () => {
    expect(read({ items: 'li.a', fields: { name: 'b', whole: {} } }, html)).toEqual({
      title: 'The list',
      records: [
        { name: 'One', whole: 'One' },
        { name: 'Two', whole: 'Two' },
      ],
      problems: [],
      next: null,
      characters: 12,
      cut: false,
    });
  });

  it('takes the page for one record where items are left out', () => {
    expect(read({ fields: { name: 'b', heading: 'title' } }, html).records).toEqual([
      { name: 'One', heading: 'The list' },
    ]);
  });

  it('finds none where none is', () => {
    expect(read({ items: '.b', fields: { name: 'b' } }, html).records).toEqual([]);
  });

  it('stops where the room ends, and says so', () => {
    const { compiled } = compileScrape({ items: 'li', fields: { name: 'b' } }, '');
    const byRows = extractPage(compiled, html, 'https://x.test/', { rows: 1, characters: 100 });
    const byCharacters = extractPage(compiled, html, 'https://x.test/', { rows: 9, characters: 3 });
    expect([byRows.records, byRows.cut]).toEqual([[{ name: 'One' }], true]);
    expect([byCharacters.records, byCharacters.cut]).toEqual([[{ name: 'One' }], true]);
  });

  it('counts missing required fields with the first item that lacks one', () => {
    const page = '<p>1<i>x</i></p><p>2</p><p>3</p>';
    const rules = { items: 'p', fields: { x: 'i', y: { select: 'u', required: false } } };
    expect(read(rules, page)).toMatchObject({
      records: [
        { x: 'x', y: null },
        { x: null, y: null },
        { x: null, y: null },
      ],
      problems: [{ field: 'x', fault: 'missing', required: true, count: 2, item: 2, text: '' }],
    });
  });

  it('tells what could not be read, required or not', () => {
    const rules = {
      items: 'p',
      fields: { price: { as: 'number', locale: 'en', required: false } as const },
    };
    expect(read(rules, '<p>1,23</p><p>soon</p><p>4.5</p>')).toMatchObject({
      records: [{ price: null }, { price: null }, { price: 4.5 }],
      problems: [
        { field: 'price', fault: 'unreadable', required: false, count: 2, item: 1, text: '1,23' },
      ],
    });
  });
});

describe('scrape/page/extract: fields', () => {
  it.each<[string, string | FieldRule, string, unknown]>([
    ['collapsed text', 'p', '<p>  a \n\t b&nbsp;c </p>', 'a b c'],
    [
      'words parted by blocks, cells and breaks',
      {},
      'a<br>b<div>c</div><span>d</span>e',
      'a b c de',
    ],
    [
      'no scripts, styles or templates',
      {},
      'a<script>b</script><style>c</style><template>d</template>',
      'a',
    ],
    ['no control characters', 'p', '<p>a\u0000b\u0007c\u200bd</p>', 'abcd'],
    ['an attribute', { select: 'a', attr: 'data-id' }, '<a data-id=" 7 ">x</a>', '7'],
    ['the attribute of the item itself', { attr: 'class' }, '', 'item'],
    [
      'an absolute href',
      { select: 'a', attr: 'href' },
      '<a href="../b?c=1#d">x</a>',
      'https://shop.test/b?c=1#d',
    ],
    [
      'an absolute src',
      { select: 'img', attr: 'src' },
      '<img src=//cdn.test/i.png>',
      'https://cdn.test/i.png',
    ],
    [
      'an address from a link',
      { select: 'a', as: 'url' },
      '<a href=b>text</a>',
      'https://shop.test/list/b',
    ],
    ['an address from text', { select: 'b', as: 'url' }, '<b>/c</b>', 'https://shop.test/c'],
    [
      'an address from a style',
      { attr: 'style', select: 'i', pattern: 'url\\((.*?)\\)', as: 'url' },
      '<i style="background:url(p.png)"></i>',
      'https://shop.test/list/p.png',
    ],
    [
      'a piece of an href',
      { select: 'a', attr: 'href', pattern: '/(\\d+)$' },
      '<a href="item/42">x</a>',
      '42',
    ],
    ["a pattern's first group", { pattern: '#(\\d+) (\\w+)' }, 'order #12 open', '12'],
    ['all a pattern matches where it has no group', { pattern: '#\\d+' }, 'order #12 open', '#12'],
    ['a pattern with Unicode classes', { pattern: '\\p{Lu}\\p{L}+' }, 'über Ärger', 'Ärger'],
    ['a pattern only plain regular expressions allow', { pattern: '\\_(\\w)' }, 'a_b', 'b'],
    ['all matching elements', { select: 'li', many: true }, '<ul><li>a<li> <li>b</ul>', ['a', 'b']],
    [
      'all matches of a pattern',
      { pattern: '@(\\w+)', many: true },
      'by @ann and @bob',
      ['ann', 'bob'],
    ],
    ['many numbers', { select: 'b', many: true, as: 'number' }, '<b>1</b><b>2.5</b>', [1, 2.5]],
    ['an empty list', { select: 'b', many: true, required: false }, 'x', []],
    ['true for what is there', { select: '.new', as: 'boolean' }, '<i class=new></i>', true],
    ['false for what is not', { select: '.new', as: 'boolean' }, 'x', false],
    ['false for a word that says so', { select: 'i', as: 'boolean' }, '<i>No</i>', false],
    [
      'true for an empty attribute',
      { select: 'input', attr: 'disabled', as: 'boolean' },
      '<input disabled>',
      true,
    ],
    ['a date', { as: 'date', format: 'd.M.yyyy', locale: 'de' }, 'am 3.4.2026', '2026-04-03'],
    [
      'an instant from an attribute',
      { select: 'time', attr: 'datetime', as: 'date' },
      '<time datetime="2026-04-03T10:00+02:00">x</time>',
      '2026-04-03T08:00:00Z',
    ],
    ['a child of the item', '> b', '<i><b>deep</b></i><b>child</b>', 'child'],
    ['what :scope says', ':scope > b', '<i><b>deep</b></i><b>child</b>', 'child'],
    ['what :has says', 'p:has(> b)', '<p>no</p><p><b>yes</b></p>', 'yes'],
    ['what :not and :contains say', 'p:not(.x):contains(B)', '<p class=x>B1</p><p>B2</p>', 'B2'],
    ['one of several selectors', 'h2, h3', '<h3>a</h3>', 'a'],
    [
      'a broken link',
      { select: 'a', attr: 'href', required: false },
      '<a href="http://[">x</a>',
      null,
    ],
  ])('reads %s', (_what, rule, html, value) => {
    expect(field(rule, html)).toEqual(value);
  });

  it('reads what follows the item with a sibling selector', () => {
    const html = '<dl><dt>a</dt><dd>1</dd><dt>b</dt><dd>2</dd></dl>';
    expect(read({ items: 'dt', fields: { name: {}, value: '+ dd' } }, html).records).toEqual([
      { name: 'a', value: '1' },
      { name: 'b', value: '2' },
    ]);
  });

  it('resolves against <base href>, itself relative to the page', () => {
    const rules = { fields: { link: { select: 'a', attr: 'href' } }, next: 'a' };
    const html = '<base href="/other/"><a href="x#y">x</a>';
    expect(read(rules, html)).toMatchObject({
      records: [{ link: 'https://shop.test/other/x#y' }],
      next: 'https://shop.test/other/x',
    });
  });

  it("keeps to the page's address where the base is no web address", () => {
    const rules = { fields: { link: { select: 'a', attr: 'href' } } };
    expect(read(rules, '<base href="data:text/html,"><a href=x>x</a>').records).toEqual([
      { link: 'https://shop.test/list/x' },
    ]);
  });
});

describe('scrape/page/extract: the next page', () => {
  it.each([
    ['of a link', 'a.n', '<a class=n href="?p=2">next</a>', 'https://shop.test/list/?p=2'],
    [
      'of the link inside',
      'li.n',
      '<li class=n><a href=2>next</a></li>',
      'https://shop.test/list/2',
    ],
    ['none without an address', 'a.n', '<a class=n>next</a>', null],
    ['none for an empty address', 'a.n', '<a class=n href="">next</a>', null],
    ['none for a script', 'a.n', '<a class=n href="javascript:next()">next</a>', null],
    ['none where nothing matches', 'a.n', '<a href=2>next</a>', null],
  ])('%s', (_what, next, html, url) => {
    expect(read({ fields: { x: { required: false, select: 'i' } }, next }, html).next).toBe(url);
  });
});

describe('scrape/page/document', () => {
  it('flattens what is nested deeper than browsers allow, and reads it', () => {
    const html = `${'<div>'.repeat(5000)}<b>deep</b>${'</div>'.repeat(5000)}<i>after</i>`;
    expect(read({ fields: { b: 'b', i: 'i' } }, html).records).toEqual([{ b: 'deep', i: 'after' }]);
  });

  it('refuses a million nested tags at once', () => {
    const { compiled } = compileScrape({ fields: { b: 'b' } }, '');
    expect(() =>
      extractPage(compiled, '<div>'.repeat(1_000_000), 'https://x.test/', plenty),
    ).toThrow(TooDeepError);
  });

  it('reads broken HTML', () => {
    const html = '<p>a<p>b</div><table><td>c<tr><td>d';
    expect(read({ items: 'p, td', fields: { t: {} } }, html).records).toEqual([
      { t: 'a' },
      { t: 'b' },
      { t: 'c' },
      { t: 'd' },
    ]);
  });
});
