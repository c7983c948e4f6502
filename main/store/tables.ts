/** All tables. A new one is a file and a line here; a change to one is a further migration in its file. */
import { bin } from "./bin.ts";
import { checkpoints } from "./checkpoints.ts";
import { datasets } from "./datasets.ts";
import { evaluations } from "./evaluations.ts";
import { events } from "./events.ts";
import { family } from "./family.ts";
import { measurements } from "./measurements.ts";
import { runs } from "./runs-table.ts";
import { samples } from "./samples.ts";
import { seedGroups } from "./seed-groups.ts";
import { sittings } from "./sittings.ts";
import type { Table } from "./table.ts";
import { tags } from "./tags.ts";

export const tables: readonly Table[] = [
  runs,
  measurements,
  samples,
  checkpoints,
  events,
  datasets,
  bin,
  family,
  seedGroups,
  sittings,
  evaluations,
  tags,
];
