"""A specification's training step in eager PyTorch, written as one writes it for speed.

The choices that leave the mathematics alone are arguments (`Ways`), so that the caller can take the
fastest: the order of the images in memory, the optimiser's implementation, and whether the
discriminator's two terms run backward together or one after the other.
"""

from dataclasses import dataclass

import torch
from torch.nn import functional as F

import losses
from networks import network


@dataclass(frozen=True)
class Ways:
    memory_format: torch.memory_format = torch.channels_last
    fused: bool = True
    backward: str = "together"

    def __str__(self):
        order = "channels last" if self.memory_format == torch.channels_last else "channels first"
        optimizer = "fused where there is one" if self.fused else "foreach"
        return f"{order}, optimiser {optimizer}, terms backward {self.backward}"


def optimizer_of(settings, parameters, fused):
    rate, kind = settings["learningRate"], settings["kind"]
    how = {"fused": True} if fused else {"foreach": True}
    if kind == "adam":
        betas = (float(settings["beta1"]), float(settings["beta2"]))
        return torch.optim.Adam(parameters, lr=rate, betas=betas, eps=settings["epsilon"], **how)
    if kind == "sgd":
        momentum, nesterov = settings["momentum"], settings["nesterov"]
        return torch.optim.SGD(parameters, lr=rate, momentum=momentum, nesterov=nesterov, **how)
    if kind == "rmsprop":  # has no fused implementation
        alpha, epsilon = settings["decay"], settings["epsilon"]
        return torch.optim.RMSprop(parameters, lr=rate, alpha=alpha, eps=epsilon, foreach=True)
    raise ValueError(f"the optimiser «{kind}» is not written here: no preset has it")


class Player:
    def __init__(self, name, inferred, optimizer, ways):
        self.network = network(name, inferred, ways.memory_format)
        self.trained = [p for p in self.network.parameters() if p.requires_grad]
        self.optimizer = optimizer_of(optimizer, self.trained, ways.fused)

    def stand_still(self, still):
        for parameter in self.trained:
            parameter.requires_grad_(not still)


def held_by(regularizers):
    """The gradient penalty and the limit of clipped weights; None for what there is not."""
    penalty = limit = None
    for regularizer in regularizers:
        if regularizer["kind"] == "gradientPenalty":
            penalty = regularizer
        elif regularizer["kind"] == "weightClip":
            limit = regularizer["limit"]
        else:
            raise ValueError(f"«{regularizer['kind']}» is not written here: no preset has it")
    return penalty, limit


def classes_of(conditioning):
    if conditioning is None:
        return None
    if conditioning["discriminator"] != "channels":
        raise ValueError("labels as a vector are not written here: no preset has them")
    return conditioning["classes"]


class Game:
    """`built` is {specification, generator, discriminator}, networks inferred layer by layer."""

    def __init__(self, built, ways):
        specification = built["specification"]
        if specification["generatorAverage"] is not None:
            raise ValueError("the generator's average is not written here: no preset has it")
        self.ways = ways
        self.latent = specification["latent"]
        self.loop = specification["loop"]
        optimizers, loss = specification["optimizers"], specification["loss"]
        self.g = Player("generator", built["generator"], optimizers["generator"], ways)
        self.d = Player("discriminator", built["discriminator"], optimizers["discriminator"], ways)
        self.real_loss, self.generated_loss, self.generator_loss = losses.functions(loss)
        self.scale = 0.5 if loss["terms"] == "mean" else 1.0
        self.penalty, self.limit = held_by(specification["regularizers"])
        size, image = self.loop["batchSize"], specification["image"]
        shape = (size, image["channels"], image["height"], image["width"])
        self.batches = [
            (torch.rand(shape) * 2 - 1).to(memory_format=ways.memory_format)
            for _ in range(self.loop["discriminatorSteps"])
        ]
        self.classes = classes_of(specification["conditioning"])
        self.labels = torch.arange(size) % self.classes if self.classes else None

    def drawn(self, one_hot):
        size = (self.loop["batchSize"], self.latent["size"])
        if self.latent["distribution"] == "normal":
            z = torch.randn(size)
        else:
            z = torch.empty(size).uniform_(-1, 1)
        return self.g.network(z if one_hot is None else torch.cat([z, one_hot], 1))

    def judged(self, images, planes):
        return self.d.network(images if planes is None else torch.cat([images, planes], 1))

    def label_inputs(self, real):
        """One-hot labels for the generator, and as channels for the discriminator."""
        if self.labels is None:
            return None, None
        one_hot = F.one_hot(self.labels, self.classes).float()
        planes = one_hot[:, :, None, None].expand(-1, -1, *real.shape[2:])
        return one_hot, planes.contiguous(memory_format=self.ways.memory_format)

    def held(self, real, fake, planes):
        share = torch.rand(real.shape[0], 1, 1, 1)
        between = torch.lerp(fake, real, share).requires_grad_(True)
        answers = self.judged(between, planes)
        (slope,) = torch.autograd.grad(answers.sum(), between, create_graph=True)
        lengths = slope.square().sum((1, 2, 3)).add(1e-12).sqrt()
        return self.penalty["weight"] * (lengths - self.penalty["target"]).square().mean()

    def update_discriminator(self, real, fake, planes):
        self.d.optimizer.zero_grad(set_to_none=True)
        own = self.scale * self.real_loss(self.judged(real, planes))
        # Named inputs: the penalty's images and nothing else of the graph need no gradient.
        trained = self.d.trained
        if self.ways.backward == "apart":
            own.backward(inputs=trained)
        of_fake = self.scale * self.generated_loss(self.judged(fake, planes))
        if self.ways.backward == "apart":
            of_fake.backward(inputs=trained)
        loss = own + of_fake
        held = self.held(real, fake, planes) if self.penalty else None
        if self.ways.backward == "together":
            (loss if held is None else loss + held).backward(inputs=trained)
        elif held is not None:
            held.backward(inputs=trained)
        self.d.optimizer.step()
        if self.limit is not None:
            with torch.no_grad():
                for parameter in self.d.trained:
                    parameter.clamp_(-self.limit, self.limit)
        return loss.detach()

    def step(self):
        """k updates of the discriminator, one of the generator; the two losses as numbers."""
        reuses = self.loop["generatorNoise"] == "reused"
        for real in self.batches:
            one_hot, planes = self.label_inputs(real)
            with torch.set_grad_enabled(reuses):
                fake = self.drawn(one_hot)
            discriminator_loss = self.update_discriminator(real, fake.detach(), planes)
        self.g.optimizer.zero_grad(set_to_none=True)
        if not reuses:
            fake = self.drawn(one_hot)
        # Its weights' gradients would be computed for nothing.
        self.d.stand_still(True)
        generator_loss = self.generator_loss(self.judged(fake, planes))
        generator_loss.backward()
        self.d.stand_still(False)
        self.g.optimizer.step()
        return generator_loss.item(), discriminator_loss.item()
