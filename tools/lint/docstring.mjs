/**
 * Every export says what it is: a docstring before it, as the house style asks.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const docstring = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      missing:
        'Say in a docstring what this export is and what its edges are: /** Title line. */ right above it.',
    },
  },
  create(context) {
    const source = context.sourceCode;
    return {
      ExportNamedDeclaration(node) {
        if (node.declaration === null || node.declaration === undefined) return;
        const above = source.getCommentsBefore(node).at(-1);
        const documented =
          above !== undefined && above.type === 'Block' && above.value.startsWith('*');
        /** @type {string} */
        const kind = node.declaration.type;
        const overload = kind === 'TSDeclareFunction';
        if (!documented && !overload) context.report({ node, messageId: 'missing' });
      },
    };
  },
};
