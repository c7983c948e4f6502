/**
 * Public data sets that can be downloaded from inside the product: what a person chooses from. Where
 * the files lie and how they are checked is in `main/data/download/catalogue.ts`.
 */

export const downloadIds = ["mnist", "fashion-mnist", "kmnist", "emnist-digits"] as const;

export type DownloadId = (typeof downloadIds)[number];

export interface DownloadFacts {
  title: string;
  /** One sentence. */
  about: string;
  /** Images to train on; those for testing are downloaded too and kept aside. */
  images: number;
  /** What each class shows, in class order. */
  classNames: readonly string[];
  source: string;
}

const digits = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

export const downloads: Readonly<Record<DownloadId, DownloadFacts>> = {
  mnist: {
    title: "MNIST",
    about: "Handwritten digits.",
    images: 60_000,
    classNames: digits,
    source: "LeCun, Cortes and Burges 1998",
  },
  "fashion-mnist": {
    title: "Fashion-MNIST",
    about: "Pictures of clothes, shoes and bags.",
    images: 60_000,
    classNames: [
      ...["T-shirt or top", "Trousers", "Pullover", "Dress", "Coat"],
      ...["Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
    ],
    source: "Xiao, Rasul and Vollgraf 2017",
  },
  kmnist: {
    title: "KMNIST",
    about: "Handwritten cursive Japanese characters (Kuzushiji).",
    images: 60_000,
    classNames: ["お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"],
    source: "Clanuwat et al. 2018",
  },
  "emnist-digits": {
    title: "EMNIST digits",
    about: "Handwritten digits, four times as many as MNIST has.",
    images: 240_000,
    classNames: digits,
    source: "Cohen et al. 2017",
  },
};
