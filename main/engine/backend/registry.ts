/** Whether an engine has a kernel. tfjs's own question is typed as if it always had. */
import { getKernel } from "@tensorflow/tfjs-core";

export const isRegistered = (kernel: string, engine: string): boolean =>
  (getKernel(kernel, engine) as object | undefined) !== undefined;
