/** Whether an address may be handed to the user's browser: http and https, nothing else. */
export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
