"""Answers, line by line, what MLflow itself infers from examples and which of them it takes.

A line in: {"infer": {"input", "output", "params"}} or {"enforce": {"signature", "input", "params"}} or
{"example": value}, values as phi3ml reads them from the command line. A line out: {"signature": {...}}, {"taken": bool}, {"input", "serving", "info"} or
{"error": "..."}.
"""

import base64
import datetime
import json
import logging
import sys
import warnings

import numpy as np
import pandas as pd
from mlflow.models import ModelSignature, infer_signature
from mlflow.models.utils import _Example, _enforce_params_schema, _enforce_schema

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def scalar(fields):
    """Dates and bytes, for which JSON has no word."""
    if len(fields) == 1:
        [(key, value)] = fields.items()
        if key == "$date" and isinstance(value, str):
            kind = datetime.datetime if "T" in value else datetime.date
            return kind.fromisoformat(value)
        if key == "$binary" and isinstance(value, str):
            return base64.b64decode(value)
    return fields


def data(value):
    """Data frames and tensors."""
    if isinstance(value, dict) and len(value) == 1:
        [(key, inner)] = value.items()
        if key == "dataframe_split":
            return pd.DataFrame(inner["data"], columns=inner["columns"])
        if key == "dataframe_records":
            return pd.DataFrame(inner)
        if key == "instances" and isinstance(inner[0], dict):
            return {name: np.array([row[name] for row in inner]) for name in inner[0]}
        if key == "instances":
            return np.array(inner)
    return value


def infer(case):
    signature = infer_signature(
        data(case.get("input")), data(case.get("output")), case.get("params")
    )
    return {"signature": signature.to_dict()}


def enforce(case):
    signature = ModelSignature.from_dict(case["signature"])
    try:
        if signature.inputs:
            _enforce_schema(data(case["input"]), signature.inputs)
        if signature.params:
            _enforce_params_schema(case.get("params"), signature.params)
    except Exception as error:
        return {"taken": False, "why": f"{type(error).__name__}: {error}"[:300]}
    return {"taken": True}


def example(value):
    """The files of an example. Python writes `NaN` for a number that is missing, which is no JSON."""
    if isinstance(value, dict) and set(value) == {"inputs", "params"}:
        value = (data(value["inputs"]), value["params"])
    else:
        value = data(value)
    kept = _Example(value)
    text = {"input": kept.json_input_example, "serving": kept.json_serving_input}
    return {**{name: it.replace("NaN", "null") for name, it in text.items()}, "info": kept.info}


def answer(case):
    try:
        if "example" in case:
            return example(case["example"])
        return infer(case["infer"]) if "infer" in case else enforce(case["enforce"])
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:300]}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line, object_hook=scalar))))
