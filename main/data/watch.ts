/** What whoever waits for data to be made ready may give along: a way to see how far it is, and to end it. */

export interface Preparation {
  /** What is being done: unpacking (bytes), preparing pictures (files), reading lines (bytes of the file). */
  stage: "unpacking" | "pictures" | "lines";
  done: number;
  total: number;
}

export interface Watch {
  /** Ends the work with the signal's reason; nothing half-written is left. */
  signal?: AbortSignal | undefined;
  /** Called often; at most once a picture or piece. */
  onProgress?: ((preparation: Preparation) => void) | undefined;
}
