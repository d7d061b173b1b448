/**
 * The floors of the house, from the ground up (docs/architecture.md). Each folder may import itself
 * and the folders listed for it; nothing imports upward, and nothing imports in a circle.
 */
const ground = ['contract', 'main/clock.ts', 'main/log.ts', 'main/surroundings.ts'];
const floors = {
  contract: [],
  'main/clock.ts': [],
  'main/log.ts': [],
  'main/surroundings.ts': ['main/network.ts'],
  'main/data-folder.ts': [],
  'main/network.ts': [],
  'main/changes.ts': ['contract'],
  'main/schedule': ground,
  'main/store': ground,
  'main/scrape': [...ground, 'main/network.ts'],
  'main/sample': [...ground, 'main/schedule'],
  'main/calendars': [...ground, 'main/schedule'],
  'main/zones': [...ground, 'main/schedule'],
};
floors['main/scheduler'] = Object.keys(floors).filter(
  (floor) => floor !== 'main/sample' && floor !== 'main/zones',
);
floors['main/health'] = [
  ...ground,
  'main/changes.ts',
  'main/schedule',
  'main/store',
  'main/scheduler',
];
floors['main/calls'] = Object.keys(floors);
const transports = [...ground, 'main/changes.ts', 'main/data-folder.ts', 'main/calls'];
floors['main/web'] = transports;
// The window and the loopback serve the same page under the same policy.
// And the desktop starts scrape children its own way, behind the runner's interface.
floors['main/desktop'] = [
  ...transports,
  'main/web',
  'main/scrape/launcher.ts',
  'main/scrape/marks.ts',
  'main/scrape/end-tree.ts',
];
floors['main/app.ts'] = Object.keys(floors);
floors['main/host'] = Object.keys(floors);

const escape = (path) => path.replaceAll('.', '\\.');
const inside = (floor) => (floor.endsWith('.ts') ? `^${escape(floor)}$` : `^${floor}/`);

const layers = Object.entries(floors).map(([floor, below]) => ({
  name: `floor-${floor.replaceAll('/', '-').replace('.ts', '')}`,
  severity: 'error',
  comment:
    `${floor} may import only itself and: ${below.join(', ') || 'nothing of ours'}. ` +
    'Move the shared type or function to a lower floor, or pass it in from main/app.ts.',
  from: { path: inside(floor) },
  to: {
    path: '^(contract|main|preload|renderer|test|tools)/',
    pathNot: [floor, ...below].map(inside),
  },
}));

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'renderer-stands-on-contract',
      severity: 'error',
      comment:
        'The renderer and the preload import contract/ alone. Ask main by a call or an event of contract/calls.ts.',
      from: { path: '^(renderer|preload)/([^/]+)' },
      to: { path: '^(main|preload|renderer|test|tools)/', pathNot: '^$1/' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      comment:
        'Test controls exist only in test/. Pass what differs in from the entry that needs it.',
      from: { path: '^(contract|main|preload|renderer)/' },
      to: { path: '^(test|tools)/' },
    },
    {
      name: 'main-never-imports-renderer',
      severity: 'error',
      comment: 'main/ and renderer/ share contract/ and nothing else. Put what both need there.',
      from: { path: '^main/' },
      to: { path: '^(renderer|preload)/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment:
        'These files import one another in a circle. Move what both need into a file of its own.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'This import leads nowhere. Correct its path, or add the package to package.json.',
      from: { pathNot: '^(test|tools)/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|coverage|docs)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    reporterOptions: { dot: { collapsePattern: '^(contract|preload|renderer|main/[^/]+|test)' } },
  },
};
