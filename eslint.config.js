import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { clockSyntax, importFences, moduleSyntax, sleepSyntax } from './tools/lint/boundaries.mjs';
import { docstring } from './tools/lint/docstring.mjs';

const typescript = ['**/*.ts', '**/*.tsx'];
const product = ['contract/**', 'main/**', 'preload/**', 'renderer/**'];

export default defineConfig(
  globalIgnores([
    'out/',
    'dist/',
    'coverage/',
    'test-results/',
    'playwright-report/',
    '.data/',
    'docs/',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: typescript,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      // Handlers and stop() answer promises by interface, awaiting or not.
      '@typescript-eslint/require-await': 'off',
      // Interfaces and type aliases each have their use; the compiler treats mapped types as aliases.
      '@typescript-eslint/consistent-type-definitions': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
    },
  },
  {
    // tools/ is type-checked by tsc (checkJs), which knows the names there are.
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['renderer/**'],
    extends: [reactHooks.configs.flat.recommended],
  },
  {
    name: 'house/docstring',
    files: product,
    plugins: { house: { rules: { docstring } } },
    rules: { 'house/docstring': 'error', 'max-lines': ['error', { max: 400 }] },
  },
  { name: 'house/modules', rules: { 'no-restricted-syntax': ['error', ...moduleSyntax] } },
  {
    name: 'house/clock',
    files: ['main/**'],
    ignores: ['main/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', ...moduleSyntax, ...clockSyntax] },
  },
  {
    name: 'house/sleep',
    files: ['test/**'],
    rules: { 'no-restricted-syntax': ['error', ...moduleSyntax, ...sleepSyntax] },
  },
  ...importFences.map(({ name, files, patterns }) => ({
    name: `house/imports/${name}`,
    files,
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  })),
  {
    name: 'house/entries-print',
    files: ['main/index.ts', 'main/headless.ts', 'main/cli/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    name: 'house/tools-ask-for-a-default',
    files: ['*.config.ts', '*.config.js', 'tools/reporters/**', 'test/support/**/*.setup.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
