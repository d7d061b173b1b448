import type { ScrapedRecord } from '../../../contract/scrape.ts';
import type { RunReport } from '../../../main/scrape/runner.ts';

/** What a run of the showcase found: rows, pages, or a failure. */
export type Finding = Partial<RunReport>;

const titles = [
  'Stateful functions without the ceremony',
  'What we learned from ten million keys',
  'A calmer way to upgrade a running job',
  'Watermarks, drawn',
  'Release 2.3: faster starts, smaller snapshots',
  'How savepoints travel between clusters',
  'Reading change streams from a database',
  'Tests that wait for events, not for time',
  'The cost of one more operator',
  'Release 2.2: a new state backend',
  'Joining two streams that disagree about time',
  'Five questions about back pressure',
];
const authors = ['Ada Okafor', 'Mika Lindqvist', 'Rosa Jiménez', 'Jun Tanaka'];

const pick = <T>(list: readonly [T, ...T[]], index: number): T =>
  list[index % list.length] ?? list[0];

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

function posts(round: number): readonly ScrapedRecord[] {
  const newest = Math.min(titles.length, 9 + Math.floor(round / 12));
  return titles
    .slice(0, newest)
    .toReversed()
    .map((title, index) => ({
      title,
      date: new Date(Date.UTC(2026, 10, 24 - index * 9)).toISOString().slice(0, 10),
      authors: authors[(title.length + index) % authors.length] ?? 'Ada Okafor',
      url: `https://blog.example/posts/${slug(title)}`,
    }));
}

const laptops = [
  ['Rook 13, 16 GB', 949],
  ['Rook 15, 32 GB', 1299],
  ['Magpie Air', 1099],
  ['Magpie Pro 14', 1749],
  ['Heron X2', 829],
  ['Heron X2 Plus', 979],
  ['Plover Mini', 549],
  ['Crake Studio 16', 2199],
  ['Dunlin 14 refurbished', 399],
  ['Siskin Book', 479],
] as const;

function prices(round: number): readonly ScrapedRecord[] {
  return laptops
    .filter((_, index) => (round + index * 7) % 41 !== 0)
    .map(([name, price], index) => ({
      name,
      price: price - ((Math.floor((round + index * 5) / 9) * 20) % 100),
      stock: pick(['in stock', 'in stock', '3 left', 'in 5 days'], index + Math.floor(round / 20)),
      url: `https://shop.example/laptops/${slug(name)}`,
    }));
}

function departures(round: number): readonly ScrapedRecord[] {
  const lines = [
    'Islands',
    'Old Town',
    'Lighthouse',
    'North Quay',
    'Saltmarsh',
    'Night boat',
  ] as const;
  return lines.map((line, index) => ({
    line,
    leaves: `${String((6 + index * 3 + round) % 24).padStart(2, '0')}:${pick(['05', '20', '45'], index)}`,
    pier: pick(['A', 'B', 'C'], index),
    delay: (round + index) % 4 === 0 ? '10 min' : null,
  }));
}

function tenders(round: number): readonly ScrapedRecord[] {
  const works = [
    'School roof, Elm Street',
    'Footbridge, repainting',
    'Street lamps, lot 2',
    'Archive shelving',
  ];
  return works.slice(0, 3 + (Math.floor(round / 9) % 2)).map((title, index) => ({
    title,
    closes: `2026-12-${String(4 + index * 6).padStart(2, '0')}`,
    url: `https://tenders.example/open/${slug(title)}`,
  }));
}

function vacancies(round: number): readonly ScrapedRecord[] {
  const jobs = [
    'Archivist',
    'Bus driver',
    'Data engineer',
    'Gardener',
    'Nurse, nights',
    'Bookkeeper',
  ];
  return jobs.slice(0, 3 + (round % 4)).map((position, index) => ({
    position,
    employer: pick(['City of Utica', 'Mohawk Clinic', 'Erie Lines'], index),
    place: 'Utica, NY',
    url: `https://jobs.example/${slug(position)}`,
  }));
}

function orders(round: number): readonly ScrapedRecord[] {
  return Array.from({ length: 6 }, (_, index) => ({
    number: `WO-${String(4410 + Math.floor(round / 6) + index)}`,
    site: pick(['Canal lock 20', 'Water tower', 'Depot', 'Library'], index),
    due: `2026-11-${String(25 + (index % 5))}`,
  }));
}

const notes: readonly ScrapedRecord[] = [
  { version: '4.2.1', date: '2026-11-18', notes: 'Mends the import of very long files.' },
  { version: '4.2.0', date: '2026-11-03', notes: 'Adds keyboard shortcuts to every list.' },
  { version: '4.1.7', date: '2026-10-12', notes: 'Starts a second faster.' },
];

const fails = (reason: string, message: string): Finding => ({
  outcome: 'failed',
  reason,
  message,
});

/**
 * What the showcase's sites answer to the `round`-th run of a schedule, told by its address. Without
 * chance: the same pictures each time.
 */
export function findingOf(url: string, round: number): Finding {
  switch (new URL(url).hostname) {
    case 'blog.example':
      return { records: posts(round), pages: 3, notModified: round === 0 ? 0 : 2, bytes: 41_200 };
    case 'shop.example':
      return round % 37 === 30
        ? fails('http-503', 'shop.example answered 503 (unavailable). Jackdaw tries again later.')
        : { records: prices(round), pages: 1, bytes: 88_410 };
    case 'ferry.example':
      return { records: departures(round), pages: 1, bytes: 9_120 };
    case 'tenders.example':
      return round % 11 === 4 || round >= 16
        ? fails('http-500', 'tenders.example answered 500 (a fault of the site). Try again later.')
        : { records: tenders(round), pages: 2, bytes: 30_050 };
    case 'jobs.example':
      return { records: vacancies(round), pages: 1, bytes: 22_780 };
    case 'orders.example':
      return round % 19 === 17
        ? {
            outcome: 'attention',
            reason: 'no-items',
            message:
              'No rows were found: tr.order matches nothing on the page. Check the selector in the editor.',
          }
        : { records: orders(round), pages: 1, notModified: round % 2, bytes: 12_400 };
    default:
      return { records: notes, pages: 1, notModified: round === 0 ? 0 : 1, bytes: 6_010 };
  }
}
