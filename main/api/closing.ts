/** What whoever asks for something too late is told. */
import { Problem } from "../spec/problem.ts";

export const closingProblem = (): Problem => new Problem("run.state", "GAN Studio is closing.");
