/**
 * Where the public data sets lie, and what their files must be. Checksums of MNIST are of the
 * uncompressed content, which is the same on every mirror, whatever its gzip wrapper. Those of
 * Fashion-MNIST and KMNIST are of the gzip files as their authors published them; source: the
 * checksum lists of TensorFlow Datasets (`url_checksums/fashion_mnist.txt`, `kmnist.txt`). Of
 * EMNIST its authors publish one large archive; its single files lie in a public copy, named by the
 * commit that holds them, and no checksum of them is published: their structure is checked, and the
 * content's checksum is kept from the first download on.
 */
import type { DownloadId } from "../../spec/downloads.ts";

export interface DownloadFile {
  /** Its name on the mirrors, and in the data folder. */
  name: string;
  /** What its IDX header must say. */
  sizes: readonly number[];
  /** Length of the file as it is published, for progress; 0 where only the mirror tells. */
  bytes: number;
  /** SHA-256, as 64 hexadecimal digits, of the file or of its uncompressed content; null if unknown. */
  checksum: { of: "file" | "content"; sha256: string } | null;
  /** Rows and columns are exchanged in the published images; they are stored the right way round. */
  isTransposed?: true;
}

export interface Download {
  /** Addresses of folders, ending in «/», in the order in which they are tried. */
  mirrors: readonly string[];
  files: readonly DownloadFile[];
}

export type Catalogue = Readonly<Record<DownloadId, Download>>;

const trainingImages = "train-images-idx3-ubyte.gz";
const trainingLabels = "train-labels-idx1-ubyte.gz";
const testImages = "t10k-images-idx3-ubyte.gz";
const testLabels = "t10k-labels-idx1-ubyte.gz";

const imagesOf = (count: number) => [count, 28, 28];

/** The four files of MNIST and its replacements, in the order of the constants above. */
const fourFiles = (
  of: "file" | "content",
  bytes: readonly [number, number, number, number],
  sums: readonly [string, string, string, string],
): DownloadFile[] => [
  {
    ...{ name: trainingImages, sizes: imagesOf(60_000), bytes: bytes[0] },
    checksum: { of, sha256: sums[0] },
  },
  {
    ...{ name: trainingLabels, sizes: [60_000], bytes: bytes[1] },
    checksum: { of, sha256: sums[1] },
  },
  {
    ...{ name: testImages, sizes: imagesOf(10_000), bytes: bytes[2] },
    checksum: { of, sha256: sums[2] },
  },
  { ...{ name: testLabels, sizes: [10_000], bytes: bytes[3] }, checksum: { of, sha256: sums[3] } },
];

/** EMNIST's images are published transposed (so says TensorFlow Datasets' page on them, too). */
const emnistFiles = (part: "train" | "test", count: number): DownloadFile[] => [
  {
    ...{ name: `emnist-digits-${part}-images-idx3-ubyte.gz`, sizes: imagesOf(count) },
    ...{ bytes: 0, checksum: null, isTransposed: true },
  },
  {
    ...{ name: `emnist-digits-${part}-labels-idx1-ubyte.gz`, sizes: [count] },
    ...{ bytes: 0, checksum: null },
  },
];

export const catalogue: Catalogue = {
  mnist: {
    mirrors: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
      "http://yann.lecun.com/exdb/mnist/",
    ],
    files: fourFiles(
      "content",
      [9_912_422, 28_881, 1_648_877, 4542],
      [
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
      ],
    ),
  },
  "fashion-mnist": {
    mirrors: [
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ],
    files: fourFiles(
      "file",
      [26_421_880, 29_515, 4_422_102, 5148],
      [
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      ],
    ),
  },
  kmnist: {
    mirrors: [
      "https://codh.rois.ac.jp/kmnist/dataset/kmnist/",
      "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
    ],
    files: fourFiles(
      "file",
      [18_165_135, 29_497, 3_041_136, 5120],
      [
        "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4",
        "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17",
        "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5",
        "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c",
      ],
    ),
  },
  "emnist-digits": {
    mirrors: [
      "https://github.com/aurelienduarte/emnist/raw/845f29ee8fb6be30e60b115f638f0eab08bfe469/gzip/",
    ],
    files: [...emnistFiles("train", 240_000), ...emnistFiles("test", 40_000)],
  },
};
