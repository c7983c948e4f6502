"""Training steps in eager PyTorch, asked for line by line on standard input.

  build JSON   the specification and its two networks; answers «built»
  warmup       finds the fastest ways of writing the step; answers «ready» and what they are
  steps N      one uncounted step, then N timed ones; answers «times» and N milliseconds

Anything that goes wrong is one line «error …», and the end.
"""

import json
import math
import os
import statistics
import sys
import time

import torch

from game import Game, Ways

alternatives = {
    "memory_format": (torch.channels_last, torch.contiguous_format),
    "fused": (True, False),
    "backward": ("together", "apart"),
}


def answer(*words):
    print(*words, flush=True)


def timed(game):
    begun = time.perf_counter()
    losses = game.step()
    milliseconds = (time.perf_counter() - begun) * 1000
    if not all(map(math.isfinite, losses)):
        raise ValueError(f"the losses are {losses}: these are no steps to measure")
    return milliseconds


def faster(built, name, ways):
    """The better of two values of one choice, both measured in turn; the rest as in `ways`."""
    games = [Game(built, Ways(**{**ways, name: value})) for value in alternatives[name]]
    for game in games:
        timed(game)
    times = [[] for _ in games]
    begun = time.perf_counter()
    # Short steps are noisy and cheap: many of them.
    while len(times[0]) < 3 or (len(times[0]) < 100 and time.perf_counter() - begun < 3):
        for game, own in zip(games, times):
            own.append(timed(game))
    medians = [statistics.median(own) for own in times]
    return alternatives[name][medians.index(min(medians))]


def warm(built):
    ways = {name: values[0] for name, values in alternatives.items()}
    for name in alternatives:
        ways[name] = faster(built, name, ways)
    game = Game(built, Ways(**ways))
    for _ in range(3):
        timed(game)
    return game


def serve():
    built = game = None
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "build":
            built = json.loads(rest)
            Game(built, Ways())
            answer("built")
        elif word == "warmup":
            game = warm(built)
            threads = torch.get_num_threads()
            answer("ready", f"PyTorch {torch.__version__}, {threads} threads, {game.ways}")
        elif word == "steps":
            timed(game)
            answer("times", *(f"{timed(game):.4f}" for _ in range(int(rest))))
        else:
            raise ValueError(f"«{word}» is none of build, warmup, steps")


# Before any thread of the pool is started, so that all of them do it; TensorFlow's always do.
torch.set_flush_denormal(True)
known = hasattr(os, "sched_getaffinity")
torch.set_num_threads(len(os.sched_getaffinity(0)) if known else os.cpu_count())
torch.manual_seed(1)
try:
    serve()
except (ValueError, RuntimeError) as error:
    answer("error", " ".join(str(error).split()))
    sys.exit(1)
