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

    def predict(
        self,
        context: PythonModelContext,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any] | list[dict[str, Any]]:
        """Returns one `text_completion`, or one for each of several rows."""
        replies = [
            self._complete(request, params or {})
            for request in self._requests(model_input)
        ]
        return replies[0] if len(replies) == 1 else replies

    def predict_stream(
        self,
        context: PythonModelContext,
        model_input: dict[str, Any],
        params: dict[str, Any] | None = None,
    ) -> Iterator[dict[str, Any]]:
        """Yields parts of a `text_completion`, as the model generates them."""
        for request in self._requests(model_input):
            yield from self._chunks(request, params or {})

    def _complete(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> dict[str, Any]:
        answers = self._answers(request["prompt"], params | request)
        choices = [
            {
                "index": index,
                "text": answer.text(),
                "finish_reason": answer.finish_reason,
            }
            for index, answer in enumerate(answers)
        ]
        return {
            **self._envelope("cmpl", "text_completion"),
            "choices": choices,
            "usage": self._usage(answers),
        }

    def _chunks(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        envelope = self._envelope("cmpl", "text_completion")
        answers = self._answers(request["prompt"], params | request)
        for index, answer in enumerate(answers):
            for piece in answer:
                choice = {"index": index, "text": piece, "finish_reason": None}
                yield {**envelope, "choices": [choice]}
            choice = {
                "index": index,
                "text": "",
                "finish_reason": answer.finish_reason,
            }
            yield {**envelope, "choices": [choice]}

    @staticmethod
    def _requests(
        model_input: pd.DataFrame | dict[str, Any] | list[Any] | str,
    ) -> list[dict[str, Any]]:
        if isinstance(model_input, pd.DataFrame):
            rows = model_input.to_dict(orient="records")
        elif isinstance(model_input, (dict, str)):
            rows = [model_input]
        else:
            rows = model_input
        return [
            Phi3Model._given({"prompt": row} if isinstance(row, str) else row)
            for row in rows
        ]
