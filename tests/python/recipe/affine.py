"""Makes `fixtures/models/affine-onnx`: y = x · W + b in ONNX's own operators, with its weights beside it.

    affine.py FOLDER
"""

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def main(folder: str) -> None:
    weights = [
        numpy_helper.from_array(np.arange(6, dtype=np.float32).reshape(3, 2), "W"),
        numpy_helper.from_array(np.array([0.5, -0.5], dtype=np.float32), "b"),
    ]
    graph = helper.make_graph(
        [
            helper.make_node("MatMul", ["x", "W"], ["xW"]),
            helper.make_node("Add", ["xW", "b"], ["y"]),
        ],
        "affine",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["batch", 3])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["batch", 2])],
        weights,
    )
    opset = helper.make_operatorsetid("", 17)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=8)
    onnx.save_model(
        model,
        Path(folder) / "affine.onnx",
        save_as_external_data=True,
        location="affine.onnx.data",
        size_threshold=0,
    )


main(*sys.argv[1:])
