/** The text without the names and passwords that stand in its addresses. */
export function hideUser(text: string): string {
  return text.replace(/(https?:\/\/)[^\s/?#@"]*@/gi, '$1');
}
