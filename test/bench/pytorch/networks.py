"""A specification's network as a PyTorch module, layer by layer.

Tensors are PyTorch's [batch, channels, height, width], either in that order in memory or with the
channels last; reshaping and flattening take the order that needs no copy. Leaves out layers that no
preset has.
"""

import torch
from torch import nn
from torch.nn.utils.parametrizations import spectral_norm


class Reshape(nn.Module):
    """Vectors to images, without a copy in either order of memory."""

    def __init__(self, shape, memory_format):
        super().__init__()
        self.height, self.width, self.channels = shape
        self.channels_last = memory_format == torch.channels_last

    def forward(self, x):
        if self.channels_last:
            return x.view(-1, self.height, self.width, self.channels).permute(0, 3, 1, 2)
        return x.view(-1, self.channels, self.height, self.width)


class Flatten(nn.Module):
    """Images to vectors, without a copy in either order of memory."""

    def __init__(self, memory_format):
        super().__init__()
        self.channels_last = memory_format == torch.channels_last

    def forward(self, x):
        if x.dim() == 2:
            return x
        return (x.permute(0, 2, 3, 1) if self.channels_last else x).flatten(1)


def convolution(layer, input, output):
    kernel, stride, filters = layer["kernel"], layer["stride"], layer["filters"]
    transposed = layer["kind"] == "conv2dTranspose"
    small, large = (input[0], output[0]) if transposed else (output[0], input[0])
    outside = max((small - 1) * stride + kernel - large, 0) if layer["padding"] == "same" else 0
    if outside % 2:
        raise ValueError(f"{layer['kind']}: «same» pads one side more here, as in no preset")
    make = nn.ConvTranspose2d if transposed else nn.Conv2d
    return make(input[2], filters, kernel, stride, padding=outside // 2)


def batch_norm(layer, input):
    make = nn.BatchNorm1d if len(input) == 1 else nn.BatchNorm2d
    return make(input[-1], eps=layer["epsilon"], momentum=1 - layer["momentum"])


def module_of(layer, input, output, memory_format):
    kind = layer["kind"]
    if kind in ("conv2d", "conv2dTranspose"):
        made = convolution(layer, input, output)
    elif kind == "dense":
        made = nn.Linear(input[0], layer["units"])
    elif kind == "batchNorm":
        made = batch_norm(layer, input)
    elif kind == "reshape":
        made = Reshape(layer["shape"], memory_format)
    elif kind == "flatten":
        made = Flatten(memory_format)
    elif kind == "maxPool":
        made = nn.MaxPool2d(layer["size"])
    elif kind == "dropout":
        made = nn.Dropout(layer["rate"])
    # In place is safe: no layer in front of these needs its own output again.
    elif kind == "relu":
        made = nn.ReLU(inplace=True)
    elif kind == "leakyRelu":
        made = nn.LeakyReLU(layer["alpha"], inplace=True)
    elif kind == "tanh":
        made = nn.Tanh()
    elif kind == "sigmoid":
        made = nn.Sigmoid()
    else:
        raise ValueError(f"layers of the kind «{kind}» are not written here: no preset has one")
    return made


@torch.no_grad()
def start(module, layer):
    """The start values, where they are not PyTorch's own; they hardly matter for time."""
    kernel = layer.get("kernelInitializer")
    if kernel is None or kernel["kind"] == "fanInUniform":
        return
    if kernel["kind"] == "normal":
        nn.init.normal_(module.weight, kernel["mean"], kernel["standardDeviation"])
    elif kernel["kind"] == "glorotUniform":
        nn.init.xavier_uniform_(module.weight)
    elif kernel["kind"] == "heNormal":
        nn.init.kaiming_normal_(module.weight)
    else:
        raise ValueError(f"start values «{kernel['kind']}» are not written here")


def network(name, inferred, memory_format):
    """`inferred` is {layers: [{layer, input, output}], parameters}; shapes of one example."""
    entries = inferred["layers"]
    modules = []
    for index, entry in enumerate(entries):
        made = module_of(entry["layer"], entry["input"], entry["output"], memory_format)
        start(made, entry["layer"])
        following = entries[index + 1]["layer"]["kind"] if index + 1 < len(entries) else None
        if following == "batchNorm" and getattr(made, "bias", None) is not None:
            # Batch normalisation subtracts it again: GAN Studio gives it no gradient either.
            made.bias.requires_grad_(False)
        modules.append(spectral_norm(made) if entry["layer"].get("spectralNorm") else made)
    made = nn.Sequential(*modules).to(memory_format=memory_format)
    count = sum(parameter.numel() for parameter in made.parameters())
    if count != inferred["parameters"]:
        raise ValueError(
            f"the {name} has {count} parameters in PyTorch, {inferred['parameters']} in GAN Studio"
        )
    return made.train()
