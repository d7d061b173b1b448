import { describe, expect, it } from 'vitest';
import { pageScrapeSchema } from '../../../contract/scrape.ts';
import { checkScrape } from '../../../main/scrape/check-scrape.ts';

function faults(scrape: Record<string, unknown>): readonly (readonly [string, string])[] {
  const whole = pageScrapeSchema.parse({
    kind: 'page',
    url: 'https://x.test/',
    fields: { a: 'b' },
    ...scrape,
  });
  return checkScrape(whole, 'schedules[0].scrape').map(({ path, message }) => [path, message]);
}

describe('scrape/check-scrape', () => {
  it('finds nothing wrong with the example of the manual', () => {
    const fields = {
      title: 'h3 a',
      url: { select: 'h3 a', attr: 'href' },
      date: {
        pattern: '([A-Z][a-z]+ \\d{1,2}, \\d{4})',
        as: 'date',
        format: 'MMMM d, yyyy',
        locale: 'en',
      },
      price: { select: '.price', as: 'number', locale: 'de', required: false },
    };
    const scrape = { items: 'article.book-post', fields, next: 'a[aria-label=Next]', key: 'url' };
    expect(faults(scrape)).toEqual([]);
  });

  it.each([
    ['h3[', "isn't a CSS selector"],
    ['h3 >', "isn't a whole CSS selector"],
    ['h3,', "isn't a CSS selector"],
    ['a:foo', "uses what isn't supported here (Unknown pseudo-class :foo)"],
    ['p::before', "uses what isn't supported here (Pseudo-elements"],
  ])('refuses the selector %s wherever it stands', (selector, message) => {
    const scrape = {
      items: selector,
      fields: { a: selector, b: { select: selector } },
      next: selector,
    };
    expect(faults(scrape)).toEqual(
      ['items', 'fields.a', 'fields.b.select', 'next'].map((path) => [
        `schedules[0].scrape.${path}`,
        expect.stringContaining(message) as string,
      ]),
    );
  });

  it.each([
    [{ pattern: '(' }, 'pattern', "isn't a regular expression"],
    [{ as: 'date', format: 'DD.MM.YYYY' }, 'format', 'has DD, which'],
    [{ as: 'date', locale: 'tlh' }, 'locale', "tlh isn't a language known here"],
    [{ as: 'number', locale: 'not a locale' }, 'locale', "isn't a language known here"],
    [{ locale: 'de' }, 'locale', 'belongs to as: number'],
    [{ format: 'd.M.yyyy' }, 'format', 'belongs to as: date'],
    [{ attr: 'a b' }, 'attr', "isn't the name of an attribute"],
    [{ as: 'boolean', many: true }, 'many', 'makes no sense'],
  ])('refuses %j at %s', (rule, part, message) => {
    expect(faults({ fields: { a: rule } })).toEqual([
      [`schedules[0].scrape.fields.a.${part}`, expect.stringContaining(message)],
    ]);
  });

  it('names paths from the top where there is no prefix', () => {
    const scrape = pageScrapeSchema.parse({
      kind: 'page',
      url: 'https://x.test/',
      fields: { a: '[' },
    });
    expect(checkScrape(scrape, '').map(({ path }) => path)).toEqual(['fields.a']);
  });
});
