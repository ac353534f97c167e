"""Loads what phi3ml made of a graph and of somebody's own code with MLflow; prints what they compute as JSON.

    read_flavors.py GRAPH CODE
"""

import json
import sys

import mlflow
import numpy as np
from mlflow.models import get_model_info, validate_serving_input
from mlflow.models.utils import load_serving_example


def main(graph: str, code: str) -> None:
    x = np.array([[1, 2, 3], [0, 0, 1]], dtype=np.float32)
    spec = get_model_info(graph).signature
    told = {
        "graph": mlflow.pyfunc.load_model(graph).predict({"x": x})["y"].tolist(),
        "graph_signature": spec.to_dict(),
        "code": mlflow.pyfunc.load_model(code).predict({"prompt": "hi"}),
        "served": validate_serving_input(code, load_serving_example(code)),
        "metadata": get_model_info(code).metadata,
    }
    if mlflow.__version__.startswith("3."):
        told["nodes"] = len(mlflow.onnx.load_model(graph).graph.node)
    print(json.dumps(told))


main(*sys.argv[1:])
