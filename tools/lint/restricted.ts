import type { Syntax } from './boundaries.ts';
import type { Place, Rule } from './rule.ts';

/** A rule that refuses pieces of syntax, each with its remedy. */
export function restricted(refused: readonly Syntax[]): Rule {
  return {
    create: (context) =>
      Object.fromEntries(
        refused.map(({ selector, message }) => [
          selector,
          (node: Place) => {
            context.report({ node, message });
          },
        ]),
      ),
  };
}
