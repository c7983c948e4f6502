/** A failure that the user can do something about: one plain sentence, shown without a stack. */
export class SetupProblem extends Error {
  /**
   * @param {string} message what happened and what to do
   * @param {string} [details] the failing program's last lines, shown below the message
   */
  constructor(message, details = "") {
    super(message);
    this.name = "SetupProblem";
    this.details = details;
  }
}
