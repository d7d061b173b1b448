/** A thing the sample's shop sells. */
export interface SampleItem {
  /** Its number: one more comes each minute. */
  readonly id: number;
  readonly name: string;
  readonly price: number;
  readonly place: string;
}

/** An answer of the sample site. */
export interface SampleAnswer {
  readonly status: 200 | 404;
  readonly mediaType: string;
  readonly body: string;
}

const finishes = ['silver', 'brass', 'pearl', 'copper', 'blue glass', 'tin', 'amber', 'enamel'];
const things = [
  'button',
  'spoon',
  'thimble',
  'key',
  'bead',
  'brooch',
  'bell',
  'coin',
  'buckle',
  'marble',
  'whistle',
];
const places = [
  'the church roof',
  'a window sill',
  'the market square',
  'the old mill',
  'a chimney top',
];

/** How many minutes a thing stays on the page at least. */
const shelfMinutes = 9;
/** After how many minutes its price is cut, once. */
const cutAfterMinutes = 3;

function pick(list: readonly string[], number: number): string {
  return list[number % list.length] ?? '';
}

function item(id: number, minute: number): SampleItem {
  // The steps share no divisor with the lists' lengths: neighbours differ in every column.
  const fullCents = 150 + ((id * 379) % 1800);
  const cents = minute - id >= cutAfterMinutes ? Math.round(fullCents * 0.8) : fullCents;
  return {
    id,
    name: `${pick(finishes, id * 3)} ${pick(things, id * 7)}`,
    price: cents / 100,
    place: pick(places, id * 2),
  };
}

/**
 * What the shop sells in a minute (counted from the epoch), newest first; a pure function of it.
 * Against the minute before there is always one thing more and one price cut, and every third minute
 * the three oldest things are gone.
 */
export function sampleItems(minute: number): readonly SampleItem[] {
  const oldest = Math.floor(minute / 3) * 3 - shelfMinutes;
  return Array.from({ length: minute - oldest + 1 }, (_, age) => item(minute - age, minute));
}

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.5rem; color: light-dark(#1d232b, #e4e8ed); background: light-dark(#f6f7f9, #15191f); }
header { border-bottom: 1px solid light-dark(#d5dae1, #2c333d); margin-bottom: 1.5rem; padding-bottom: 1rem; }
h1 { font-size: 1.5rem; letter-spacing: -0.01em; margin: 0; }
h2 { font-size: 1rem; margin: 0; }
h2::first-letter { text-transform: uppercase; }
p { color: light-dark(#5a6472, #98a3b1); margin: 0.25rem 0 0; }
.things { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
article { background: light-dark(#fff, #1c222a); border: 1px solid light-dark(#e1e5ea, #2c333d); border-radius: 10px; padding: 0.9rem 1rem; }
a { color: inherit; text-decoration-color: light-dark(#a9c3dc, #4b6b8b); text-underline-offset: 0.2em; }
.price { color: light-dark(#23618f, #8fc1ea); font-variant-numeric: tabular-nums; font-weight: 600; }
`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

function card({ id, name, price, place }: SampleItem): string {
  return `<article class="thing" data-id="${String(id)}">
<h2><a href="/things/${String(id)}">${name}</a></h2>
<p class="price">${price.toFixed(2)}</p>
<p class="place">found at ${place}</p>
</article>`;
}

function shop(minute: number): string {
  return page(
    'The Nest: found things',
    `<header>
<h1>The Nest</h1>
<p>Found things, shiny ones first. Jackdaw serves this little shop itself, on this computer alone: each minute one thing comes, one price falls, and now and then some are sold.</p>
</header>
<main class="things">
${sampleItems(minute).map(card).join('\n')}
</main>`,
  );
}

/**
 * What the sample site answers for a path in a minute: the shop at `/`, a thing at `/things/<id>`
 * while it is for sale.
 */
export function sampleAnswer(path: string, minute: number): SampleAnswer {
  const mediaType = 'text/html; charset=utf-8';
  if (path === '/') return { status: 200, mediaType, body: shop(minute) };
  const back = '<p><a href="/">Back to the shop</a></p>';
  const id = /^\/things\/(\d{1,12})$/.exec(path)?.[1];
  const found = sampleItems(minute).find((one) => String(one.id) === id);
  if (found === undefined)
    return {
      status: 404,
      mediaType,
      body: page('Not here', `<h1>Not here, perhaps sold</h1>\n${back}`),
    };
  return { status: 200, mediaType, body: page(found.name, `${card(found)}\n${back}`) };
}
