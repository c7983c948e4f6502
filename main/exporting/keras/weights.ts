/**
 * The weights of a `.keras` file as HDF5: a group for each layer, «layers/dense_1/vars/0». The name is
 * that of the layer's class, counted, in the order of the layers; its own name stands in an attribute.
 */
import h5wasm, { type Dataset } from "h5wasm";
import type { HostTensor } from "../../engine/tensors.ts";
import type { GraphLayer } from "../layers/graph.ts";

/** Keras's own rule: «Conv2DTranspose» is «conv2d_transpose», «LeakyReLU» is «leaky_re_lu». */
const snakeCase = (className: string): string =>
  className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();

/** Each layer's group by the layer's name. */
function groupsOf(layers: readonly Pick<GraphLayer, "name" | "className">[]): Map<string, string> {
  const counts = new Map<string, number>();
  return new Map(
    layers.map(({ name, className }) => {
      const group = snakeCase(className);
      const count = counts.get(group) ?? 0;
      counts.set(group, count + 1);
      return [name, count === 0 ? group : `${group}_${count.toString()}`] as const;
    }),
  );
}

const path = "/weights.h5";

/**
 * Works in the library's own file system in memory, which lets go of the file afterwards. One path
 * is enough: the work never waits.
 */
async function inMemory<Result>(content: Uint8Array | null, work: () => Result): Promise<Result> {
  const { FS } = await h5wasm.ready;
  // eslint-disable-next-line no-restricted-syntax -- memory, not the data folder
  if (content) FS.writeFile(path, content);
  try {
    return work();
  } finally {
    FS.unlink(path);
  }
}

export async function encodeWeights(
  model: string,
  layers: readonly GraphLayer[],
): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await h5wasm.ready;
  const groups = groupsOf(layers);
  return inMemory(null, () => {
    const file = new h5wasm.File(path, "w");
    file.create_group("vars").create_attribute("name", model);
    const root = file.create_group("layers");
    for (const { name, weights } of layers) {
      const values = root.create_group(groups.get(name) ?? name).create_group("vars");
      values.create_attribute("name", name);
      for (const [place, { tensor }] of weights.entries()) {
        values.create_dataset({
          ...{ name: place.toString(), data: tensor.values },
          ...{ shape: [...tensor.shape], dtype: "<f" },
        });
      }
    }
    file.close();
    return new Uint8Array(FS.readFile(path));
  });
}

/** All weights of the layers that `config` lists: by the layer's name, in their order. */
export const decodeWeights = (
  content: Uint8Array,
  layers: readonly Pick<GraphLayer, "name" | "className">[],
): Promise<Map<string, HostTensor[]>> =>
  inMemory(content, () => {
    const file = new h5wasm.File(path, "r");
    try {
      return new Map(
        [...groupsOf(layers)].map(([name, group]) => {
          const tensors: HostTensor[] = [];
          for (;;) {
            const found = file.get(`layers/${group}/vars/${tensors.length.toString()}`);
            if (!(found instanceof h5wasm.Dataset)) return [name, tensors] as const;
            tensors.push(tensorOf(found));
          }
        }),
      );
    } finally {
      file.close();
    }
  });

const tensorOf = ({ shape, value }: Dataset): HostTensor => ({
  shape: shape ?? [],
  values: new Float32Array(value as Float32Array),
});
