/** What is known of public data sets' rights, in words for a model card. Facts with their source, no advice. */
import type { DownloadId } from "../spec/downloads.ts";

const publicRights: Readonly<Record<DownloadId, string>> = {
  mnist:
    "MNIST (Y. LeCun, C. Cortes, C. Burges). Copyright Yann LeCun and Corinna Cortes; derived from NIST " +
    "data; made available under Creative Commons Attribution-ShareAlike 3.0, as Keras states " +
    "(https://keras.io/api/datasets/mnist/).",
  "fashion-mnist":
    "Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf 2017, Zalando SE), under the MIT licence " +
    "(https://github.com/zalandoresearch/fashion-mnist).",
  kmnist:
    "KMNIST (T. Clanuwat et al. 2018, created by CODH, adapted from the Kuzushiji Dataset of NIJL and " +
    "others), under Creative Commons Attribution-ShareAlike 4.0 (https://github.com/rois-codh/kmnist).",
  "emnist-digits":
    "EMNIST (G. Cohen, S. Afshar, J. Tapson, A. van Schaik 2017), made from NIST Special Database 19; " +
    "its authors ask for a citation, and their page tells the terms (https://arxiv.org/abs/1702.05373).",
};

/** `id`: a public data set's, «digits» for the built-in ones, null for data of the user's own. */
export function dataRights(id: string | null): string {
  if (id === "digits") {
    return "Handwriting-like digits that GAN Studio draws itself; nobody else's work is in them.";
  }
  if (id !== null && Object.hasOwn(publicRights, id)) return publicRights[id as DownloadId];
  return "Data of your own: its rights, and what they say of models trained on it, are yours to state.";
}
