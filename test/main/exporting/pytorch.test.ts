/** The source as text; that PyTorch runs it is tested in other-readers.test.ts. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { exportModel } from "../../../main/exporting/model.ts";
import { exampleOf } from "../../../main/exporting/pytorch/example.ts";
import { sourceOf } from "../../../main/exporting/pytorch/source.ts";
import { cdcgan } from "../../../main/spec/presets/cdcgan.ts";
import { exportCases, rows } from "../../support/export-cases.ts";
import { scaledDown } from "../../support/scaled-down.ts";
import { trainedLike } from "../../support/trained-like.ts";

const modelOf = (
  specification: typeof cdcgan.specification,
  player: "generator" | "discriminator",
) => exportModel({ specification, state: trainedLike(specification), player, useAverage: false });

describe("PyTorch source", () => {
  beforeAll(async () => {
    await loadBackend("auto");
  });

  it("reads as a person would write it", () => {
    const source = sourceOf(modelOf(scaledDown(cdcgan.specification), "generator"));
    expect(source.slice(source.indexOf("class Generator"))).toBe(`class Generator(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.dense1 = nn.Linear(110, 784)
        self.batch_norm1 = nn.BatchNorm2d(16, eps=1e-5, momentum=0.1)
        self.conv_transpose1 = nn.ConvTranspose2d(16, 8, 4, stride=2, padding=1)
        self.batch_norm2 = nn.BatchNorm2d(8, eps=1e-5, momentum=0.1)
        self.conv_transpose2 = nn.ConvTranspose2d(8, 1, 4, stride=2, padding=1)

    def forward(self, z: Tensor, label: Tensor) -> Tensor:
        one_hot = F.one_hot(label.long(), 10).to(z.dtype)
        x = torch.cat([z, one_hot], dim=1)
        x = self.dense1(x)
        x = x.reshape(-1, 7, 7, 16).permute(0, 3, 1, 2)
        x = F.relu(self.batch_norm1(x))
        x = self.conv_transpose1(x)
        x = F.relu(self.batch_norm2(x))
        return torch.tanh(self.conv_transpose2(x))
`);
  });

  it("pads unevenly, crops, and brings the one module along that PyTorch lacks", () => {
    const generator = sourceOf(modelOf(rows.specification, "generator"));
    expect(generator).toContain("self.conv_transpose1(x)[:, :, :-1, :-1]");
    const discriminator = sourceOf(modelOf(rows.specification, "discriminator"));
    expect(discriminator).toContain("class MinibatchDiscrimination(nn.Module):");
    expect(discriminator).toContain("self.minibatch1 = MinibatchDiscrimination(8, 3, 2)");
    expect(discriminator).toContain("self.conv1(F.pad(image, (1, 2, 1, 1)))");
  });

  it("has no line longer than 88 characters, and imports only what it uses", () => {
    for (const { specification } of exportCases) {
      for (const player of ["generator", "discriminator"] as const) {
        const model = modelOf(specification, player);
        const source = sourceOf(model);
        const lines = [...source.split("\n"), ...exampleOf(model).split("\n")];
        expect(lines.filter((line) => line.length > 88)).toEqual([]);
        expect(source.includes("import torch\n")).toBe(/\btorch\.\w+\(/u.test(source));
        expect(source.includes("functional as F")).toBe(/\bF\.\w/u.test(source));
      }
    }
  });

  it("comes with an example that loads the weights beside it", () => {
    const example = exampleOf(modelOf(scaledDown(cdcgan.specification), "generator"));
    expect(example).toContain("from generator import Generator");
    expect(example).toContain('Path(__file__).with_name("generator.safetensors")');
    expect(example).toContain("images = generator(z, torch.arange(10))");
  });
});
