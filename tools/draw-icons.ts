/**
 * Draws every icon of Jackdaw from the shapes below: `node tools/draw-icons.ts` writes build/ (the
 * app's icons) and resources/ (the window's and, one for each state, the tray's). The results are committed; run
 * it again after changing a shape. It needs Chromium (CHROMIUM_PATH, or /usr/bin/chromium).
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Page } from 'playwright-core';

const root = path.resolve(import.meta.dirname, '..');

const head =
  'M9 64 C6 46 8 31 15 21 C22 10 34 7 43 12 C48 15 51 19 52 24 L61.5 30.5 ' +
  'C63 31.6 62.4 33.6 60.6 33.7 L49.5 35.5 C49 44 51 54 57 64 Z';
const nape =
  'M15 21 C8 31 6 46 9 64 L27 64 C22 52 23 41 31 33 C33.5 30 32 25 28 22.5 C24 20 19 19 15 21 Z';

/** What the tray shows; `main/desktop/tray-menu.ts` decides which. */
const states = ['idle', 'running', 'paused', 'attention'] as const;
type State = (typeof states)[number];

interface Ink {
  readonly head: string;
  readonly nape: string;
  readonly eye: string;
  readonly pupil: string;
  readonly running: string;
  readonly paused: string;
  readonly attention: string;
  readonly mark: string;
}

/** Mid-tones, which read on a light panel as well as on a dark one. */
const colours: Ink = {
  head: '#5b6675',
  nape: '#b4becb',
  eye: '#f4f9fd',
  pupil: '#24303f',
  running: '#3d8bd4',
  paused: '#8792a1',
  attention: '#e09a1a',
  mark: '#ffffff',
};

/** macOS colours template images itself: black with an alpha channel only. */
const template: Ink = {
  head: '#000',
  nape: '#000a',
  eye: 'cut',
  pupil: '#000',
  running: '#000',
  paused: '#000',
  attention: '#000',
  mark: 'cut',
};

function signs(state: State, ink: Ink): string {
  const fill = ink.mark === 'cut' ? '#000' : ink.mark;
  switch (state) {
    case 'idle':
      return '';
    case 'running':
      return `<path d="M44 41 L58 49 L44 57 Z" fill="${fill}"/>`;
    case 'paused':
      return `<path d="M42.5 41 h5.5 v16 h-5.5 Z M52 41 h5.5 v16 h-5.5 Z" fill="${fill}"/>`;
    case 'attention':
      return `<path d="M47 38 h6 l-1 13 h-4 Z M47 53.5 h6 v5.5 h-6 Z" fill="${fill}"/>`;
  }
}

/** The head with its badge; where the ink says `cut`, the shape is cut out instead of painted. */
function traySvg(state: State, ink: Ink): string {
  const isTemplate = ink.mark === 'cut';
  const badge = state === 'idle' ? '' : '<circle cx="49" cy="49" r="18" fill="#000"/>';
  const holes = isTemplate ? `<circle cx="39" cy="23" r="6" fill="#000"/>${badge}` : badge;
  const eye = isTemplate
    ? '<circle cx="39.5" cy="23" r="2.4"/>'
    : `<circle cx="39" cy="23" r="6" fill="${ink.eye}"/><circle cx="40" cy="23" r="3" fill="${ink.pupil}"/>`;
  const colour = state === 'idle' ? '' : ink[state];
  const sign = signs(state, ink);
  const disc = state === 'idle' ? '' : `<circle cx="49" cy="49" r="15" fill="${colour}"/>`;
  const mark = isTemplate
    ? `<mask id="s"><rect width="64" height="64" fill="#fff"/>${sign}</mask><g mask="url(#s)">${disc}</g>`
    : disc + sign;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
<mask id="h"><rect width="64" height="64" fill="#fff"/>${holes}</mask>
<g mask="url(#h)"><path d="${head}" fill="${ink.head}"/>${isTemplate ? '' : `<path d="${nape}" fill="${ink.nape}"/>`}${eye}</g>
${mark}</svg>`;
}

/** The app's icon: the bird on a cool morning sky. */
const appSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 128 128">
<defs>
<linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#dfe9f3"/><stop offset="1" stop-color="#a9bfd4"/></linearGradient>
<linearGradient id="feather" x1="0" y1="0" x2="0.6" y2="1"><stop offset="0" stop-color="#3d4653"/><stop offset="1" stop-color="#171c24"/></linearGradient>
<linearGradient id="silver" x1="0" y1="0" x2="0.4" y2="1"><stop offset="0" stop-color="#c3ccd8"/><stop offset="1" stop-color="#7c8898"/></linearGradient>
<clipPath id="tile"><rect x="8" y="8" width="112" height="112" rx="26"/></clipPath>
</defs>
<g clip-path="url(#tile)">
<rect width="128" height="128" fill="url(#sky)"/>
<g transform="translate(10 22) scale(1.68)">
<path d="${head}" fill="url(#feather)"/>
<path d="${nape}" fill="url(#silver)"/>
<path d="M52 24 L61.5 30.5 C63 31.6 62.4 33.6 60.6 33.7 L49.5 35.5 C50.5 31 51 28 52 24 Z" fill="#10141a"/>
<circle cx="39" cy="23" r="5.6" fill="#f2f8fc"/>
<circle cx="39" cy="23" r="4.7" fill="#bcd9ef"/>
<circle cx="39.6" cy="23" r="2.6" fill="#10141a"/>
<circle cx="40.7" cy="21.8" r="0.9" fill="#fff"/>
</g></g></svg>
`;

async function rasterise(page: Page, svg: string, size: number): Promise<Buffer> {
  await page.setViewportSize({ width: size, height: size });
  const source = svg.replace('<svg ', `<svg width="${String(size)}" height="${String(size)}" `);
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${source}`);
  return page.screenshot({ omitBackground: true });
}

interface Picture {
  readonly size: number;
  readonly png: Buffer;
}

/** A Windows icon file holding PNGs, as read by Windows Vista and later. */
function ico(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

const icnsTypes = [
  ['icp4', 16],
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

/** A macOS icon file: a list of PNGs, each under a type that names its size. */
function icns(pictures: readonly Picture[]): Buffer {
  const parts = icnsTypes.flatMap(([type, size]) => {
    const png = pictures.find((picture) => picture.size === size)?.png;
    if (png === undefined) throw new Error(`no picture of ${String(size)} pixels`);
    const header = Buffer.alloc(8);
    header.write(type, 'ascii');
    header.writeUInt32BE(png.length + 8, 4);
    return [header, png];
  });
  const body = Buffer.concat(parts);
  const header = Buffer.alloc(8);
  header.write('icns', 'ascii');
  header.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([header, body]);
}

async function pictures(page: Page, svg: string, sizes: readonly number[]): Promise<Picture[]> {
  const drawn: Picture[] = [];
  for (const size of sizes) drawn.push({ size, png: await rasterise(page, svg, size) });
  return drawn;
}

async function drawApp(page: Page): Promise<void> {
  const folder = path.join(root, 'build');
  await mkdir(path.join(folder, 'icons'), { recursive: true });
  const drawn = await pictures(page, appSvg, [16, 24, 32, 48, 64, 128, 256, 512, 1024]);
  await writeFile(path.join(folder, 'icon.svg'), appSvg);
  await writeFile(path.join(folder, 'icon.ico'), ico(drawn.filter(({ size }) => size <= 256)));
  await writeFile(path.join(folder, 'icon.icns'), icns(drawn));
  for (const { size, png } of drawn) {
    const name = `${String(size)}x${String(size)}.png`;
    if (size <= 512) await writeFile(path.join(folder, 'icons', name), png);
    if (size === 256) await writeFile(path.join(root, 'resources', 'window.png'), png);
  }
}

/** Per state: an ICO for Windows, PNGs at 100, 150 and 200 % for Linux, template images for macOS. */
async function drawTray(page: Page): Promise<void> {
  const folder = path.join(root, 'resources', 'tray');
  await mkdir(folder, { recursive: true });
  for (const state of states) {
    const coloured = traySvg(state, colours);
    const black = traySvg(state, template);
    const files: readonly (readonly [string, string, number])[] = [
      [`${state}.png`, coloured, 22],
      [`${state}@1.5x.png`, coloured, 33],
      [`${state}@2x.png`, coloured, 44],
      [`${state}Template.png`, black, 16],
      [`${state}Template@2x.png`, black, 32],
    ];
    for (const [name, svg, size] of files)
      await writeFile(path.join(folder, name), await rasterise(page, svg, size));
    const sizes = [16, 20, 24, 32, 48];
    await writeFile(path.join(folder, `${state}.ico`), ico(await pictures(page, coloured, sizes)));
  }
}

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
await drawApp(page);
await drawTray(page);
await browser.close();
