/** Joins labels to what the networks see (Mirza and Osindero 2014). */
import * as tf from "@tensorflow/tfjs-core";
import type { Conditioning } from "../../spec/conditioning.ts";

/** Classes, int32 [batch] → float32 [batch, classes]. */
export const oneHotOf = (labels: tf.Tensor, classes: number): tf.Tensor =>
  tf.cast(tf.oneHot(labels, classes), "float32");

/** Noise [batch, size] and one-hot labels [batch, classes] → [batch, size + classes]. */
export const joinLatent = (latent: tf.Tensor, labels: tf.Tensor | null): tf.Tensor =>
  labels ? tf.concat([latent, labels], 1) : latent;

/** Images and one-hot labels, as the discriminator is to get them. */
export function joinImages(
  images: tf.Tensor,
  labels: tf.Tensor | null,
  conditioning: Conditioning | null,
): tf.Tensor {
  if (!labels || !conditioning) return images;
  const [batch = 0, height = 1, width = 1] = images.shape;
  if (conditioning.discriminator === "oneHot") {
    return tf.concat([tf.reshape(images, [batch, images.size / batch]), labels], 1);
  }
  const { classes } = conditioning;
  const planes = tf.tile(tf.reshape(labels, [batch, 1, classes]), [1, height * width, 1]);
  return tf.concat([images, tf.reshape(planes, [batch, height, width, classes])], 3);
}
