/** The text without the names and passwords that stand in its addresses. */
export function hideUser(text: string): string {
  return text.replace(/(https?:\/\/)[^\s/?#@"]*@/gi, '$1');
}

/**
 * The address as it is asked for: without its fragment, and without a name and password, which are
 * neither sent nor let into links, rows and messages.
 */
export function askedAddress(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}
