import { clockSyntax, moduleSyntax, sleepSyntax } from './boundaries.ts';
import { docstring } from './docstring.ts';
import { restricted } from './restricted.ts';
import type { Rule } from './rule.ts';

interface Plugin {
  readonly meta: { readonly name: string };
  readonly rules: Readonly<Record<string, Rule>>;
}

/** The rules of this house, for oxlint. */
const house: Plugin = {
  meta: { name: 'house' },
  rules: {
    docstring,
    modules: restricted(moduleSyntax),
    clock: restricted(clockSyntax),
    sleep: restricted(sleepSyntax),
  },
};

export default house;
