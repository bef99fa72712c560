"""Put an ONNX graph of small integers together, operator by operator.

States become bytes by scales settled beforehand, weights by one scale a column.  Columns of the states
that run high are made smaller first, and their weights larger by as much.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

from geomap.recognise.best_training.encoder import EPSILON

__all__ = ["FLOATS", "Bounds", "Graph"]

FLOATS: Any = np.float32
# Seven bits: processors without the newest instructions add up two products in 16 bits.
WEIGHT_MOST = 63
# States are bytes.
STATE_MOST = 255
# No column is taken to run lower than this, so that none is blown up beyond measure.
REACH_LEAST = 1e-3
# How much of the burden of high columns goes over to the weights; 0 is none, 1 all.
EASE = 0.5

# The lowest and the highest of each column, by what it goes into.
Bounds: TypeAlias = Mapping[str, tuple[NDArray[Any], NDArray[Any]]]


class Graph:
    """A graph under construction: each method adds operators and returns the name of what they give."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], bounds: Bounds) -> None:
        self.weights = weights
        self.bounds = bounds
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: NDArray[Any]) -> str:
        """Add a table of numbers."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        """Add some of the weights as they are."""
        return self.constant(name, self.weights[name].astype(FLOATS))

    def node(self, kind: str, *inputs: str, outputs: int = 1, ours: bool = False, **attributes: Any) -> Any:
        """Add an operator, `ours` if it is one of ONNX Runtime's own."""
        names = [f"{kind}{len(self.nodes)}.{i}" for i in range(outputs)]
        domain = "com.microsoft" if ours else ""
        self.nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def times(self, states: str, *parts: str) -> str:
        """Multiply by the weights of one part, or of several side by side, and add their biases."""
        name = parts[0]
        matrix = np.concatenate([self.weights[f"{part}.weight"].T for part in parts], axis=1)
        bias = np.concatenate([self.weights[f"{part}.bias"] for part in parts]).astype(FLOATS)
        lows, highs = self.bounds[name]
        reach = np.maximum(np.maximum(highs, -lows), REACH_LEAST)
        ease = reach**EASE / np.maximum(np.abs(matrix).max(axis=1), REACH_LEAST) ** (1 - EASE)
        matrix = matrix * ease[:, None]
        scale = (np.abs(matrix).max(axis=0) / WEIGHT_MOST).astype(FLOATS)
        small = np.clip(np.round(matrix / scale), -WEIGHT_MOST, WEIGHT_MOST).astype(np.int8)
        low, high = min(0.0, (lows / ease).min()), (highs / ease).max()
        step = (high - low) / STATE_MOST
        eased = self.node("Mul", states, self.constant(f"{name}.ease", (1 / ease).astype(FLOATS)))
        unit = self.constant(f"{name}.step", np.array(step, dtype=FLOATS))
        middle = self.constant(f"{name}.middle", np.array(round(-low / step), dtype=np.uint8))
        multiplied: str = self.node(
            "MatMulIntegerToFloat",
            self.node("QuantizeLinear", eased, unit, middle),
            self.constant(f"{name}.small", small),
            unit,
            self.constant(f"{name}.scale", scale),
            middle,
            "",
            self.constant(f"{name}.bias", bias),
            ours=True,
        )
        return multiplied

    def normal(self, states: str, other: str, norm: str) -> str:
        """Add two states and bring them to one scale."""
        made: str = self.node(
            "LayerNormalization",
            self.node("Add", states, other),
            self.weight(f"{norm}.weight"),
            self.weight(f"{norm}.bias"),
            epsilon=EPSILON,
        )
        return made
