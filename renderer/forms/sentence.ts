/** A fault's words as a sentence of their own: with a capital first. */
export function sentence(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
