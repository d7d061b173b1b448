import type { OxlintConfig, OxlintOverride } from 'oxlint';
import { importFences, type ImportFence } from './tools/lint/boundaries.ts';
import { recommended, strict } from './tools/lint/strict.ts';

const product = ['contract/**', 'main/**', 'preload/**', 'renderer/**'];

function fenced({ files, patterns }: ImportFence): OxlintOverride {
  return { files, rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

/** What is wrong anywhere, what the house is strict about, and its own rules (tools/lint). */
const config: OxlintConfig = {
  plugins: ['eslint', 'typescript', 'oxc'],
  jsPlugins: ['./tools/lint/house.ts'],
  categories: { correctness: 'error' },
  options: { typeAware: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: [
    'out/',
    'dist/',
    'coverage/',
    'test-results/',
    'playwright-report/',
    '.data/',
    'docs/',
  ],
  rules: { ...recommended, 'house/modules': 'error' },
  overrides: [
    { files: ['**/*.ts', '**/*.tsx'], rules: strict },
    { files: ['**/*.cjs', '**/*.mjs'], rules: { 'typescript/unbound-method': 'off' } },
    { files: ['renderer/**'], plugins: ['react'], rules: { 'react/rules-of-hooks': 'error' } },
    {
      files: product,
      rules: { 'house/docstring': 'error', 'max-lines': ['error', { max: 400 }] },
    },
    { files: ['main/**'], rules: { 'house/clock': 'error' } },
    { files: ['main/clock.ts'], rules: { 'house/clock': 'off' } },
    { files: ['test/**'], rules: { 'house/sleep': 'error' } },
    ...importFences.map(fenced),
    {
      files: ['main/index.ts', 'main/headless.ts', 'main/cli/**', 'test/**'],
      rules: { 'no-console': 'off' },
    },
    {
      // Tools that ask for a default export.
      files: [
        '*.config.ts',
        'tools/lint/house.ts',
        'tools/reporters/**',
        'test/support/**/*.setup.ts',
      ],
      rules: { 'house/modules': 'off' },
    },
  ],
};

export default config;
