/**
 * From what a machine shows to a sentence: which device trains, and when a graphics processor is there
 * but does not, the first thing that is missing, in the order in which they need each other, and what
 * to do about it. Pure.
 */
import type { GpuFinding, GpuReport } from "../../../contract/gpu.ts";
import type { GpuFindings } from "./findings.ts";
import { isAtLeast, requirementsOf, type GpuRequirements } from "./requirements.ts";

/** Brings the library, CUDA and cuDNN that fit each other, into a folder that no other program uses. */
const install = (version: string) =>
  `Run «python3 -m venv ~/gan-studio-tensorflow» and then «~/gan-studio-tensorflow/bin/pip install "tensorflow[and-cuda]==${version}"»; it brings CUDA and cuDNN along. Then name its folder «tensorflow» (below ~/gan-studio-tensorflow/lib, in site-packages) under Settings, TensorFlow, or in the variable GAN_STUDIO_TENSORFLOW.`;

/** A version that pip has, where the library's own is not known. */
const usualVersion = "2.21.0";

export function explainGpu(found: GpuFindings): GpuReport {
  const { engine, driver } = found;
  if (engine.name === "tensorflow" && engine.device === "GPU") {
    const device = driver?.devices.join(", ") ?? "the graphics processor";
    return {
      used: true,
      findings: findingsOf(found),
      summary: `Training runs on ${device}.`,
      remedy: null,
    };
  }
  const { summary, remedy } = reasonOf(found);
  const isPresent = found.hardware === true || driver !== null;
  return { used: false, findings: isPresent ? findingsOf(found) : [], summary, remedy };
}

interface Reason {
  summary: string;
  remedy: string | null;
}

function reasonOf(found: GpuFindings): Reason {
  const { platform, engine, driver, hardware, visibleDevices } = found;
  if (platform === "darwin") {
    return {
      summary:
        "Training runs on the processor: TensorFlow's library uses no graphics processor on macOS.",
      remedy: null,
    };
  }
  if (driver === null && hardware !== true) {
    return {
      summary:
        "Training runs on the processor: no graphics processor of NVIDIA's was found, and TensorFlow's library uses no other.",
      remedy: null,
    };
  }
  if (driver === null) {
    return {
      summary:
        "There is a graphics processor of NVIDIA's, but its driver does not answer: «nvidia-smi» is missing or fails.",
      remedy:
        "Install NVIDIA's driver with your system's own tools, restart the machine, and see that «nvidia-smi» lists the device; then start GAN Studio again.",
    };
  }
  const device = driver.devices[0] ?? "the graphics processor";
  if (engine.name === "wasm") {
    return {
      summary: `${device} is not used: training runs on the portable engine, which computes on the processor alone.`,
      remedy: install(usualVersion),
    };
  }
  return tensorflowReason(found, device, driver.version, visibleDevices);
}

function tensorflowReason(
  found: GpuFindings,
  device: string,
  driver: string,
  visibleDevices: string | undefined,
): Reason {
  const { engine, libraries, builtForGpu, library, platform } = found;
  const version = /\d+\.\d+\.\d+/.exec(engine.version)?.[0] ?? usualVersion;
  if (visibleDevices !== undefined && /^\s*(?:-1)?\s*$/.test(visibleDevices)) {
    return {
      summary: `${device} is not used: CUDA_VISIBLE_DEVICES is set to «${visibleDevices}», which hides it.`,
      remedy: "Unset CUDA_VISIBLE_DEVICES and start GAN Studio again.",
    };
  }
  if (platform === "win32") {
    return {
      summary: `${device} is not used: on Windows, TensorFlow's library uses no graphics processor since version 2.11.`,
      remedy: "Start GAN Studio inside WSL 2, where the Linux build of TensorFlow uses it.",
    };
  }
  if (builtForGpu === false) {
    const place = library === null ? "" : ` (${library})`;
    return {
      summary: `${device} is not used: this ${engine.version} is a build for processors alone${place}.`,
      remedy: install(version),
    };
  }
  const needs = requirementsOf(engine.version);
  if (needs && !isAtLeast(driver, needs.driver)) {
    return {
      summary: `${device} is not used: its driver ${driver} is too old for CUDA ${needs.cuda}, which ${engine.version} needs.`,
      remedy: `Install NVIDIA's driver ${needs.driver} or newer with your system's own tools and restart the machine.`,
    };
  }
  const missing = needs ? missingOf(needs, libraries) : [];
  if (needs && missing.length > 0) {
    return {
      summary: `${device} is not used: ${engine.version} needs CUDA ${needs.cuda} and cuDNN ${needs.cudnn}, and ${missing.join(", ")} ${missing.length === 1 ? "was" : "were"} not found.`,
      remedy: `${install(version)} Or install CUDA ${needs.cuda} and cuDNN ${needs.cudnn} from NVIDIA and see that «ldconfig -p» lists ${missing.join(", ")}.`,
    };
  }
  return {
    summary: `${device} is not used, although driver, CUDA and cuDNN were found: ${engine.version} reports no device.`,
    remedy:
      "Restart the machine if the driver was updated since its last start, and see that «nvidia-smi» runs without an error for the user who starts GAN Studio.",
  };
}

const missingOf = (needs: GpuRequirements, libraries: ReadonlySet<string>): string[] =>
  [...needs.cudaLibraries, needs.cudnnLibrary].filter((name) => !libraries.has(name));

function findingsOf(found: GpuFindings): GpuFinding[] {
  const { driver, engine, builtForGpu, libraries } = found;
  const answers: GpuFinding[] = [
    {
      name: "NVIDIA driver",
      text: driver ? `${driver.version}, ${driver.devices.join(", ")}` : "does not answer",
      isThere: driver !== null,
    },
    {
      name: "TensorFlow",
      text:
        engine.name === "wasm"
          ? "not loaded"
          : `${engine.version}${builtForGpu === null ? "" : builtForGpu ? ", built for GPUs" : ", built for processors alone"}`,
      isThere: engine.name === "tensorflow" && builtForGpu !== false,
    },
  ];
  const needs = requirementsOf(engine.version);
  if (!needs || engine.name === "wasm") return answers;
  const missing = needs.cudaLibraries.filter((name) => !libraries.has(name));
  const hasCudnn = libraries.has(needs.cudnnLibrary);
  return [
    ...answers,
    {
      name: `CUDA ${needs.cuda}`,
      text: missing.length === 0 ? "found" : `not found: ${missing.join(", ")}`,
      isThere: missing.length === 0,
    },
    {
      name: `cuDNN ${needs.cudnn}`,
      text: hasCudnn ? "found" : `not found: ${needs.cudnnLibrary}`,
      isThere: hasCudnn,
    },
  ];
}
