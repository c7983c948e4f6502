/** The engine's own numbers for a network and its inputs: what every export is compared with. */
import * as tf from "@tensorflow/tfjs-core";
import { averageName, buildGan } from "../engine/gan.ts";
import { joinImages, joinLatent, oneHotOf } from "../engine/networks/conditioning.ts";
import { runNetwork } from "../engine/networks/network.ts";
import { shapeOfImage } from "../spec/shape.ts";
import type { Inputs } from "./format.ts";
import type { ExportSource } from "./model.ts";

/** In evaluation mode, straight from the checkpoint. Needs a loaded engine. [count, …output]. */
export async function engineOutput(
  { specification, state, player, useAverage }: ExportSource,
  { values, count, labels }: Inputs,
): Promise<Float32Array<ArrayBuffer>> {
  const gan = buildGan(specification);
  const { network, variables } = gan[player];
  const average = useAverage && player === "generator" && specification.generatorAverage !== null;
  const output = tf.tidy(() => {
    const tensors = Object.fromEntries(
      variables.map((name) => {
        const stored = state[average ? averageName(name) : name];
        if (!stored) throw new Error(`the checkpoint has no tensor «${name}»`);
        return [name, tf.tensor(stored.values, [...stored.shape], "float32")];
      }),
    );
    const { conditioning, latent, image } = specification;
    const classes =
      conditioning && labels ? oneHotOf(tf.tensor1d(labels, "int32"), conditioning.classes) : null;
    const x =
      player === "generator"
        ? joinLatent(tf.tensor2d(values, [count, latent.size]), classes)
        : joinImages(tf.tensor(values, [count, ...shapeOfImage(image)]), classes, conditioning);
    return runNetwork(x, {
      ...{ name: player, network, variables: tensors },
      ...{ mode: { training: false }, purpose: "export" },
    }).output;
  });
  const numbers = new Float32Array(await output.data());
  output.dispose();
  return numbers;
}
