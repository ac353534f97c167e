"""A Phi-3 model that completes texts, run by ONNX Runtime GenAI.

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
    """Answers a `prompt` with an OpenAI `text_completion`.

    The prompt goes in as it is, without the model's chat template. A
    request may have `max_tokens`, `temperature`, `stop` and `n`. `params`
    may set the same and `max_length` (tokens of prompt and answer
    together), `do_sample`, `top_k`, `top_p`, `repetition_penalty` and
    `random_seed`; the others stay as the model's `model_config` has them,
    or else its `genai_config.json`. Whoever sets `temperature`, `top_k`,
    `top_p` or `random_seed` gets a drawn answer, unless `do_sample` is set
    to false or `temperature` to zero.
    """

    artifact = "phi3-mini-onnx"
