/** A feature network that the user names, in the place of the data set's own: it knows no classes. */
import { openFeatures } from "../exporting/features/extractor.ts";
import type { FeatureNetwork } from "./evaluate-classifier.ts";
import type { RealImages } from "./evaluate-images.ts";

/** For images as the run draws them. Throws what `openFeatures` throws. */
export async function namedFeatureNetwork(
  file: string,
  { dataset }: RealImages,
): Promise<FeatureNetwork> {
  const extractor = await openFeatures(file, dataset.image);
  const { size, hash } = extractor;
  return {
    classifier: {
      classes: 0,
      look: async (images) => ({
        features: await extractor.look(images),
        probabilities: new Float32Array(0),
      }),
      dispose: () => void extractor.dispose(),
    },
    features: { network: "file", hash, accuracy: null, heldOut: 0, size },
    isStacked: false,
  };
}
