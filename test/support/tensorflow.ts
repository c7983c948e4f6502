/** For suites that need native TensorFlow: whether it is there, and a title that says so aloud. */
import { engines } from "./engines.ts";

const found = engines.find(({ name }) => name === "tensorflow");

export const tensorflowMissing = found?.missing ?? true;
export const tensorflowTitle = found?.title ?? "tensorflow (not run: it is not known)";
