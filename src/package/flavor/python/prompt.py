"""A Phi-3 model that answers prompts, run by ONNX Runtime GenAI.

MLflow loads the model from this file and from nothing else, so it may be
edited: what stands here is what `mlflow.pyfunc.load_model` and
`mlflow models serve` do.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import onnxruntime_genai as og
import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel, PythonModelContext


class Phi3Model(PythonModel):
    """Answers each row's `prompt` with the text that the model generates.

    A prompt becomes one user message of the model's chat template. A
    prompt that holds one of the model's own chat tokens, such as
    `<|user|>`, is taken for a whole conversation and goes in as it is; so
    does every prompt of a model without a chat template.

    `params` may set `max_length` (tokens of prompt and answer together),
    `do_sample`, `temperature`, `top_k`, `top_p`, `repetition_penalty` and
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
    ) -> list[str]:
        """Returns the answers to all rows, in their order."""
        return [
            "".join(piece for piece, _ in self._reply(prompt, params))
            for prompt in self._prompts(model_input)
        ]

    def predict_stream(
        self,
        context: PythonModelContext,
        model_input: dict[str, Any],
        params: dict[str, Any] | None = None,
    ) -> Iterator[str]:
        """Yields the answer piece by piece, as the model generates it."""
        for prompt in self._prompts(model_input):
            for piece, _ in self._reply(prompt, params):
                if piece:
                    yield piece

    def _reply(
        self, prompt: str, params: dict[str, Any] | None
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        return self._answer(self._conversation(prompt), params or {})

    def _conversation(self, prompt: str) -> str:
        if not self.has_template:
            return prompt
        if any(token in prompt for token in self.chat_tokens):
            return prompt
        return self._apply_template([{"role": "user", "content": prompt}])

    @staticmethod
    def _prompts(
        model_input: pd.DataFrame | dict[str, Any] | list[Any] | str,
    ) -> list[str]:
        if isinstance(model_input, pd.DataFrame):
            rows = model_input["prompt"].tolist()
        elif isinstance(model_input, (dict, str)):
            rows = [model_input]
        else:
            rows = model_input
        prompts: list[str] = []
        for row in rows:
            prompt = row["prompt"] if isinstance(row, dict) else row
            if pd.api.types.is_scalar(prompt) and not isinstance(prompt, str):
                raise ValueError(f"a `prompt` is {prompt!r}, which is no text")
            # MLflow makes one row of {"prompt": ["one", "two"]}.
            prompts += [prompt] if isinstance(prompt, str) else prompt
        return prompts
