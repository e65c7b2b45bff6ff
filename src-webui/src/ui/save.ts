/** Gives a document as a file, made on this page: there is no address with a token in it. */
export function save(document: Blob, fileName: string): void {
  const address = URL.createObjectURL(document);
  const link = window.document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken the file by the next turn of the event loop.
  window.setTimeout(() => URL.revokeObjectURL(address));
}
