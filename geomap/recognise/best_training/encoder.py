"""The transformer that is trained: the encoder's layers, a table of word shapes, and one score a label.

Plain torch and the names of the encoder's own weights file, so that its weights go in as they are.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from geomap.recognise.best import LABELS
from geomap.recognise.best_pieces import Shape

__all__ = ["ENCODER_NAME", "Encoder", "pretrained"]

# The weights file of the encoder.
ENCODER_NAME = "model.safetensors"
WIDTH = 384
INNER_WIDTH = 1536
HEADS = 12
POSITIONS = 128
EPSILON = 1e-12
DROPOUT = 0.1
# After so many layers a label can be had already.
EXITS = (3, 4)


class Layer(nn.Module):
    """One layer: every piece looks at all others, then thinks alone."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(WIDTH, WIDTH) for _ in range(3))
        self.mixed = nn.Linear(WIDTH, WIDTH)
        self.mixed_norm = nn.LayerNorm(WIDTH, EPSILON)
        self.inner = nn.Linear(WIDTH, INNER_WIDTH)
        self.outer = nn.Linear(INNER_WIDTH, WIDTH)
        self.outer_norm = nn.LayerNorm(WIDTH, EPSILON)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return new states; `mask` is 0 where a piece is and very small where none is."""
        count, length, _ = states.shape

        def heads(tensor: Tensor) -> Tensor:
            return tensor.view(count, length, HEADS, WIDTH // HEADS).transpose(1, 2)

        looked = functional.scaled_dot_product_attention(
            heads(self.query(states)), heads(self.key(states)), heads(self.value(states)), mask
        )
        looked = self.mixed(looked.transpose(1, 2).reshape(count, length, WIDTH))
        states = self.mixed_norm(states + _dropped(looked, self.training))
        thought = self.outer(functional.gelu(self.inner(states)))
        return self.outer_norm(states + _dropped(thought, self.training))


def _dropped(states: Tensor, training: bool) -> Tensor:  # noqa: FBT001 - as torch calls it
    """Forget some columns of each sentence: as good as forgetting single numbers, and a sixth of the cost."""
    if not training:
        return states
    kept = torch.rand(states.shape[0], 1, states.shape[2]) >= DROPOUT
    return states * (kept / (1 - DROPOUT))


class Encoder(nn.Module):
    """Gives every piece a score for every label; only those of a word's first piece are used.

    Some lower layers have scores of their own, so that the layers above can be left out where time counts.
    """

    def __init__(self, pieces: int, layers: int) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.shapes = nn.Embedding(len(Shape), WIDTH)
        self.norm = nn.LayerNorm(WIDTH, EPSILON)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.exits = [exit_ for exit_ in EXITS if exit_ < layers] + [layers]
        self.scores = nn.ModuleDict({str(exit_): nn.Linear(WIDTH, len(LABELS)) for exit_ in self.exits})
        nn.init.zeros_(self.shapes.weight)
        for scores in self.scores.values():
            nn.init.normal_(scores.weight, std=0.02)
            nn.init.zeros_(scores.bias)

    def forward(self, pieces: Tensor, shapes: Tensor) -> list[Tensor]:
        """Return scores by sentence, piece and label, one table for each exit; piece 0 stands where there is none."""
        mask = ((pieces == 0) * -1e4)[:, None, None, :]
        states = self.pieces(pieces) + self.positions.weight[: pieces.shape[1]] + self.shapes(shapes)
        states = _dropped(self.norm(states), self.training)
        found = []
        for number, layer in enumerate(self.layers, start=1):
            states = layer(states, mask)
            if number in self.exits:
                found.append(self.scores[str(number)](_dropped(states, self.training)))
        return found


# Our names of a layer's parts, and those in the encoder's file.
_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "outer_norm": "output.LayerNorm",
}


def pretrained(path: Path, layers: int) -> Encoder:
    """Return the lower layers of a weights file as an encoder whose scores are not yet learned."""
    from safetensors.torch import load_file

    weights = load_file(path)
    encoder = Encoder(len(weights["embeddings.word_embeddings.weight"]), layers)
    state = encoder.state_dict()
    kinds = weights["embeddings.token_type_embeddings.weight"]
    state["pieces.weight"] = weights["embeddings.word_embeddings.weight"]
    # There is one kind of text, so its row is added to every position once and for all.
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"][:POSITIONS] + kinds[0]
    for end in ("weight", "bias"):
        state[f"norm.{end}"] = weights[f"embeddings.LayerNorm.{end}"]
        for number in range(layers):
            for ours, theirs in _PARTS.items():
                state[f"layers.{number}.{ours}.{end}"] = weights[f"encoder.layer.{number}.{theirs}.{end}"]
    encoder.load_state_dict(state)
    return encoder
