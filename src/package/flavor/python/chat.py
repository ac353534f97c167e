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

    def predict(
        self,
        context: PythonModelContext,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any] | list[dict[str, Any]]:
        """Returns one `chat.completion`, or one for each of several rows."""
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
        """Yields `chat.completion.chunk`s, as the model generates them."""
        for request in self._requests(model_input):
            yield from self._chunks(request, params or {})

    def _complete(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> dict[str, Any]:
        prompt = self._apply_template(self._messages(request))
        answers = self._answers(prompt, params | request)
        choices = [
            {
                "index": index,
                "message": {"role": "assistant", "content": answer.text()},
                "finish_reason": answer.finish_reason,
            }
            for index, answer in enumerate(answers)
        ]
        return {
            **self._envelope("chatcmpl", "chat.completion"),
            "choices": choices,
            "usage": self._usage(answers),
        }

    def _chunks(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        prompt = self._apply_template(self._messages(request))
        envelope = self._envelope("chatcmpl", "chat.completion.chunk")
        answers = self._answers(prompt, params | request)
        for index, answer in enumerate(answers):
            choice: dict[str, Any] = {"index": index, "finish_reason": None}
            role = {"role": "assistant"}
            for piece in answer:
                choice = choice | {"delta": role | {"content": piece}}
                yield {**envelope, "choices": [choice]}
                role = {}
            end = {"delta": role, "finish_reason": answer.finish_reason}
            yield {**envelope, "choices": [choice | end]}

    @staticmethod
    def _messages(request: dict[str, Any]) -> list[dict[str, str]]:
        if request.get("tools"):
            raise ValueError("this model cannot call `tools`")
        # A `name` or a `tool_call_id` has no place in the template.
        messages = [
            {"role": message["role"], "content": message.get("content") or ""}
            for message in request.get("messages", ())
        ]
        if not messages:
            raise ValueError("a request needs at least one of `messages`")
        return messages

    @staticmethod
    def _requests(
        model_input: pd.DataFrame | dict[str, Any] | list[dict[str, Any]],
    ) -> list[dict[str, Any]]:
        if isinstance(model_input, pd.DataFrame):
            rows = model_input.to_dict(orient="records")
        elif isinstance(model_input, dict):
            rows = [model_input]
        else:
            rows = model_input
        return [Phi3Model._given(row) for row in rows]
