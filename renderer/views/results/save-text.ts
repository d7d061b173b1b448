/** A text to be saved, as `exportRecords` answers it. */
export interface SavedText {
  readonly fileName: string;
  readonly mediaType: string;
  readonly text: string;
}

/** Hands a text to the browser as a download; in the desktop app the system asks where to put it. */
export function saveText({ fileName, mediaType, text }: SavedText): void {
  const url = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download reads the blob after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
