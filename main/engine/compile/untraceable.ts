/** Why a step cannot become a graph; it then runs eagerly, and says so. */
export class Untraceable extends Error {
  override name = "Untraceable";
}
