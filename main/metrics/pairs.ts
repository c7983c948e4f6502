/**
 * Goes through all pairs of two sets of rows, a block of rows at a time: 10,000 × 10,000 numbers at
 * once would be 400 MB. The products come from the engine; float32, so centre the rows first.
 */
import { innerProducts } from "../engine/inner-products.ts";
import { countOf, part, type Rows } from "./rows.ts";

/** Numbers of one block: 16 MB. */
const blockValues = 2 ** 22;

/** Inner products of some rows of `a` with all rows of `b`. */
export interface Block {
  /** The first row of `a`, and how many. */
  first: number;
  rows: number;
  /** [rows, rows of b]; the visitor's to write over. */
  values: Float32Array;
}

export async function forEachProduct(
  a: Rows,
  b: Rows,
  visit: (block: Block) => void,
): Promise<void> {
  const [all, columns] = [countOf(a), countOf(b)];
  const most = Math.max(1, Math.floor(blockValues / columns));
  for (let first = 0; first < all; first += most) {
    const rows = Math.min(most, all - first);
    const values = await innerProducts(part(a, first, first + rows).values, b.values, a.size);
    visit({ first, rows, values });
    // Whoever waits for a message gets a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same with squared Euclidean distances. */
export async function forEachDistance(
  a: Rows,
  b: Rows,
  visit: (block: Block) => void,
): Promise<void> {
  const [ofA, ofB] = [squares(a), squares(b)];
  const columns = countOf(b);
  await forEachProduct(a, b, (block) => {
    const { first, rows, values } = block;
    for (let row = 0; row < rows; row++) {
      const own = ofA[first + row] as number;
      const at = row * columns;
      for (let j = 0; j < columns; j++) {
        const squared = own + (ofB[j] as number) - 2 * (values[at + j] as number);
        values[at + j] = squared > 0 ? squared : 0;
      }
    }
    visit(block);
  });
}

/** The squared length of each row. */
function squares(rows: Rows): Float64Array {
  const { values, size } = rows;
  return Float64Array.from({ length: countOf(rows) }, (_, row) => {
    let sum = 0;
    for (let i = row * size; i < (row + 1) * size; i++) sum += (values[i] as number) ** 2;
    return sum;
  });
}
