"""The presets' losses, as means over a batch of answers [batch, 1]."""

import torch
from torch.nn import functional as F


def cross_entropy(on):
    of = F.binary_cross_entropy_with_logits if on == "logits" else F.binary_cross_entropy
    return lambda answers, label: of(answers, torch.full_like(answers, label))


def functions(loss):
    """(real, generated, generator) of a specification's loss."""
    kind = loss["kind"]
    if loss["flipRate"] != 0:
        raise ValueError("flipped labels are not written here: no preset has them")
    if kind == "binaryCrossEntropy":
        term = cross_entropy(loss["on"])
    elif kind == "minimax":
        term = cross_entropy(loss["on"])
        return lambda a: term(a, 1), lambda a: term(a, 0), lambda a: -term(a, 0)
    elif kind == "leastSquares":
        term = lambda answers, label: 0.5 * F.mse_loss(answers, torch.full_like(answers, label))
    elif kind == "wasserstein":
        return lambda a: -a.mean(), lambda a: a.mean(), lambda a: -a.mean()
    elif kind == "hinge":
        return lambda a: F.relu(1 - a).mean(), lambda a: F.relu(1 + a).mean(), lambda a: -a.mean()
    else:
        raise ValueError(f"the loss «{kind}» is not written here: no preset has it")
    return (
        lambda a: term(a, loss["realLabel"]),
        lambda a: term(a, loss["fakeLabel"]),
        lambda a: term(a, loss["generatorLabel"]),
    )
