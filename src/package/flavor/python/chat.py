"""A Phi-3 model that chats, run by ONNX Runtime GenAI.

MLflow loads the model from this file and from nothing else, so it may be
edited: what stands here is what `mlflow.pyfunc.load_model` and
`mlflow models serve` do.
"""

import json
import math
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onnxruntime_genai as og
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel, PythonModelContext


class Phi3Model(PythonModel):
    """Answers OpenAI `messages` with a `chat.completion`.

    A request is `messages` and, where wanted, `max_tokens`, `temperature`,
    `top_p`, `top_k`, `stop` and `n`. `params` may set the same and
    `max_length` (tokens of prompt and answer together), `do_sample`,
    `repetition_penalty` and `random_seed`; the others stay as the model's
    `model_config` has them, or else its `genai_config.json`. Whoever sets
    `temperature`, `top_k`, `top_p` or `random_seed` gets a drawn answer,
    unless `do_sample` is set to false or `temperature` to zero.
    """

    artifact = "phi3-mini-onnx"
