/** Every export says what it is: a docstring before it, as the house style asks. */
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
        const overload = node.declaration.type === 'TSDeclareFunction';
        if (!documented && !overload) context.report({ node, messageId: 'missing' });
      },
    };
  },
};
