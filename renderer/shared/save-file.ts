/** Hands a file to the person at the page: the browser or the window saves it where it saves files. */

export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Saving has begun by then; an address that is taken back at once can come too early.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}

/** A name without what file systems do not take: `First try #2` becomes `first-try-2`. */
export const fileNameOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60) || "run";
