/**
 * What set-up says: one line for each finished step with its time, and a note
 * before a step that takes longer than a few seconds.
 */

/**
 * @param {string} name the step
 * @param {string} message what it did
 * @param {number} milliseconds how long it took
 */
export function stepLine(name, message, milliseconds) {
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  return `${name.padEnd(13)} ${message.padEnd(58)} ${time.padStart(8)}`;
}

/**
 * @param {{ write(text: string): unknown }} stream standard error for the command line, whose
 *   standard output belongs to the command itself
 */
export function createReport(stream) {
  return {
    /** @param {string} name @param {string} message @param {number} milliseconds */
    step(name, message, milliseconds) {
      stream.write(`${stepLine(name, message, milliseconds)}\n`);
    },
    /** @param {string} name @param {string} message */
    note(name, message) {
      stream.write(`${name.padEnd(13)} ${message}\n`);
    },
  };
}
