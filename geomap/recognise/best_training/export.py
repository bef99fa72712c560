"""Write the trained transformer as an ONNX graph of small integers: `python -m geomap.recognise.best_training.export`.

The graph is put together by hand, so what is run is what stands here.  States are turned into small
integers by scales settled here, on sentences of the training data, and not by what else stands in a
batch: so a sentence gets the same tags in any company.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper
from torch import Tensor

from geomap.recognise.best import GRAPH_NAME, LABELS, VOCABULARY_NAME
from geomap.recognise.best_pieces import CLOSE, OPEN, PAD, UNKNOWN, Cutter
from geomap.recognise.best_training.batching import rows_of
from geomap.recognise.best_training.encoder import ENCODER_NAME, HEADS, Encoder
from geomap.recognise.best_training.graph import FLOATS, Bounds, Graph
from geomap.recognise.best_training.provenance import PROVENANCE_NAME, provenance
from geomap.recognise.tags import OUTSIDE
from geomap.recognise.training_data import SOURCES, read

__all__ = ["export", "kept_pieces"]

# The table is only looked up.
TABLE_MOST = 127
# News names less than the sources do.  Chosen on the development part of the corpora, where anything
# from 0.7 to 1.4 does as well: a doubtful name is more often none.
OUTSIDE_BONUS = 0.8
# Every so many sentences is enough to see how high states run.
SAMPLE_EVERY = 100
_ENDS = (PAD, UNKNOWN, OPEN, CLOSE)


def kept_pieces(pieces: list[str]) -> list[int]:
    """Return the rows of a vocabulary that news in Latin script can use, the end marks first."""
    row_of = {piece: row for row, piece in enumerate(pieces)}
    plain = [row for row, piece in enumerate(pieces) if piece not in _ENDS and _readable(piece)]
    return [*(row_of[end] for end in _ENDS), *plain]


def _readable(piece: str) -> bool:
    letters = piece.removeprefix("##")
    if letters.startswith("[") and len(letters) > 1:
        return False
    return all(not c.isalpha() or unicodedata.name(c, "").startswith("LATIN") for c in letters)


def bounds_of(encoder: Encoder, batches: Iterable[tuple[Tensor, Tensor]]) -> Bounds:
    """Return how low and how high each column runs of what goes into each part."""
    lows: dict[str, NDArray[Any]] = {}
    highs: dict[str, NDArray[Any]] = {}

    def watch(name: str) -> Callable[[Any, tuple[Tensor, ...]], None]:
        def note(_: Any, inputs: tuple[Tensor, ...]) -> None:
            columns = inputs[0].flatten(0, 1).numpy()
            lows[name] = np.minimum(lows.get(name, 0), columns.min(axis=0))
            highs[name] = np.maximum(highs.get(name, 0), columns.max(axis=0))

        return note

    for name, part in encoder.named_modules():
        if name.endswith((".query", ".mixed", ".inner", ".outer")):
            part.register_forward_pre_hook(watch(name))
    encoder.eval()
    with torch.no_grad():
        for pieces, shapes in batches:
            encoder(pieces, shapes)
    return {name: (lows[name], highs[name]) for name in lows}


def export(state: Mapping[str, Tensor], bounds: Bounds, layers: int, rows: list[int]) -> onnx.ModelProto:
    """Return the graph of the first layers: pieces and shapes in, one score a piece and label out."""
    weights = {name: tensor.numpy() for name, tensor in state.items()}
    graph = Graph(weights, bounds)
    table = weights["pieces.weight"][rows]
    scale = (np.abs(table).max(axis=1, keepdims=True) / TABLE_MOST).astype(FLOATS)
    small = graph.node("Gather", graph.constant("pieces.small", np.round(table / scale).astype(np.int8)), "pieces")
    unit = graph.node("Gather", graph.constant("pieces.scale", scale), "pieces")
    states = graph.node("Mul", graph.node("Cast", small, to=TensorProto.FLOAT), unit)
    length = graph.node("Shape", "pieces", start=1, end=2)
    zero = graph.constant("zero", np.array([0]))
    places = graph.node("Slice", graph.weight("positions.weight"), zero, length, zero)
    states = graph.node("Add", states, places)
    states = graph.normal(states, graph.node("Gather", graph.weight("shapes.weight"), "shapes"), "norm")
    mask = graph.node("Cast", graph.node("Greater", "pieces", zero), to=TensorProto.INT32)
    for number in range(layers):
        layer = f"layers.{number}"
        asked = graph.times(states, f"{layer}.query", f"{layer}.key", f"{layer}.value")
        query, key, value = graph.node("Split", asked, outputs=3, axis=2, num_outputs=3)
        looked = graph.node("MultiHeadAttention", query, key, value, "", mask, ours=True, num_heads=HEADS)
        states = graph.normal(states, graph.times(looked, f"{layer}.mixed"), f"{layer}.mixed_norm")
        thought = graph.node("Gelu", graph.times(states, f"{layer}.inner"), ours=True)
        states = graph.normal(states, graph.times(thought, f"{layer}.outer"), f"{layer}.outer_norm")
    matrix = weights[f"scores.{layers}.weight"].T.astype(FLOATS)
    bias = weights[f"scores.{layers}.bias"].astype(FLOATS)
    bias[LABELS.index(OUTSIDE)] += OUTSIDE_BONUS
    scores = graph.node("MatMul", states, graph.constant("scores.matrix", matrix))
    graph.nodes.append(helper.make_node("Add", [scores, graph.constant("scores.bias", bias)], ["scores"]))
    sizes = ["sentences", "length"]
    made = helper.make_graph(
        graph.nodes,
        "tagger",
        [helper.make_tensor_value_info(name, TensorProto.INT64, sizes) for name in ("pieces", "shapes")],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [*sizes, len(LABELS)])],
        graph.constants,
    )
    imports = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=imports, ir_version=9)


def _sample(data: Path, rows: Mapping[str, int]) -> Iterator[tuple[Tensor, Tensor]]:
    """Yield a fixed share of the training sentences, one at a time."""
    cutter, ends = Cutter(rows), (rows[OPEN], rows[CLOSE])
    for source in SOURCES:
        for sentence in islice(read(data / source.file), 0, None, SAMPLE_EVERY):
            for row in rows_of(sentence, cutter, ends):
                yield torch.tensor([row[0]]), torch.tensor([row[1]])


def main() -> None:
    """Write the graph, its vocabulary and its labels."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("encoder", type=Path, help="folder of the encoder's model.safetensors and vocab.txt")
    parser.add_argument("data", type=Path, help="folder of the training files")
    parser.add_argument("out", type=Path)
    parser.add_argument("--layers", type=int, default=3, help="how many layers, of those with scores of their own")
    options = parser.parse_args()
    torch.set_num_threads(1)
    state = torch.load(options.checkpoint, weights_only=True)
    pieces = (options.encoder / "vocab.txt").read_text(encoding="utf-8").splitlines()
    encoder = Encoder(len(pieces), state["layers"])
    encoder.load_state_dict(state["mean"])
    bounds = bounds_of(encoder, _sample(options.data, {piece: row for row, piece in enumerate(pieces)}))
    rows = kept_pieces(pieces)
    options.out.mkdir(parents=True, exist_ok=True)
    graph, vocabulary = options.out / GRAPH_NAME, options.out / VOCABULARY_NAME
    onnx.save(export(state["mean"], bounds, options.layers, rows), graph)
    vocabulary.write_text("".join(f"{pieces[row]}\n" for row in rows), encoding="utf-8")
    text = provenance(
        [graph, vocabulary],
        encoder=options.encoder / ENCODER_NAME,
        data=options.data,
        layers=options.layers,
        steps=state["step"],
    )
    (options.out / PROVENANCE_NAME).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
