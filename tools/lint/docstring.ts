import type { Rule } from './rule.ts';

/** Every export says what it is: a docstring before it, as the house style asks. */
export const docstring: Rule = {
  create: (context) => ({
    ExportNamedDeclaration: (node) => {
      if (node.declaration === null) return;
      const above = context.sourceCode.getCommentsBefore(node).at(-1);
      const documented = above?.type === 'Block' && above.value.startsWith('*');
      const overload = node.declaration.type === 'TSDeclareFunction';
      if (documented || overload) return;
      context.report({
        node,
        message:
          'Say in a docstring what this export is and what its edges are: /** Title line. */ right above it.',
      });
    },
  }),
};
