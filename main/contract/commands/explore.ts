/** Commands about what a trained generator has in it. */
import { answers } from "../command.ts";
import {
  animationPayload,
  betweenPayload,
  directionsPayload,
  imagesPayload,
  nearestPayload,
  searchPayload,
  type ExploredImages,
  type FoundImage,
  type LatentDirections,
  type NearestImages,
} from "../explore.ts";
import { ofRun } from "../values.ts";

export const exploreCommands = {
  /** Images of new or given latent vectors, with D's scores. */
  "explore.images": answers<ExploredImages>()(imagesPayload),
  /** Images on the way between two vectors: in a straight line, or for normal priors a great circle. */
  "explore.between": answers<ExploredImages>()(betweenPayload),
  /** The same way there and back as a file that plays without end. */
  "explore.animation": answers<{ file: Uint8Array }>()(animationPayload),
  "explore.directions": answers<LatentDirections>()(directionsPayload),
  /** The training images nearest to an image. */
  "explore.nearest": answers<NearestImages>()(nearestPayload),
  /** The latent vector whose image is nearest; `explore.searching` tells how far it is. One a run at a time. */
  "explore.search": answers<FoundImage>()(searchPayload),
  /** Ends the search of a run; it answers with the best until then. */
  "explore.cancelSearch": answers<{ cancelled: boolean }>()(ofRun),
  /** Frees what exploring a run holds; the next question takes it up again. */
  "explore.close": answers<{ closed: boolean }>()(ofRun),
};
