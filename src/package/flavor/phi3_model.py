"""A Phi-3 model that answers through MLflow, run by ONNX Runtime GenAI.

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
    `random_seed`; the others stay as the model's `genai_config.json` has
    them. Whoever sets `temperature`, `top_k`, `top_p` or `random_seed`
    gets a drawn answer, unless `do_sample` is set to false.
    """

    artifact = "phi3-mini-onnx"

    # The generator reserves memory for the whole length at once: a model
    # that allows more than this many tokens gets more only if `max_length`
    # asks for it. A longer prompt still leaves room for an answer.
    unasked_length = 4096
    unasked_answer = 1024

    def load_context(self, context: PythonModelContext) -> None:
        """Loads the model and its tokenizer."""
        folder = Path(context.artifacts[self.artifact])
        self.model = og.Model(str(folder))
        self.tokenizer = og.Tokenizer(self.model)
        self.chat_tokens = self._chat_tokens(folder)
        self.has_template = self._has_template(folder)

    def predict(
        self,
        context: PythonModelContext,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> list[str]:
        """Returns the answers to all rows, in their order."""
        return [
            "".join(self._answer(prompt, params))
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
            yield from self._answer(prompt, params)

    def _answer(
        self, prompt: str, params: dict[str, Any] | None
    ) -> Iterator[str]:
        tokens = self.tokenizer.encode(self._conversation(prompt))
        generator = og.Generator(self.model, self._search(len(tokens), params))
        generator.append_tokens(tokens)
        # Not `decode`, which ends at the first byte that is not UTF-8.
        stream = self.tokenizer.create_stream()
        is_first = True
        while not generator.is_done():
            generator.generate_next_token()
            piece = stream.decode(generator.get_next_tokens()[0])
            if is_first and piece:
                # The tokenizer puts a space before the first word.
                piece = piece.removeprefix(" ")
                is_first = False
            if piece:
                yield piece

    def _conversation(self, prompt: str) -> str:
        if not self.has_template:
            return prompt
        if any(token in prompt for token in self.chat_tokens):
            return prompt
        messages = [{"role": "user", "content": prompt}]
        return self.tokenizer.apply_chat_template(json.dumps(messages))

    def _search(
        self, prompt_length: int, params: dict[str, Any] | None
    ) -> og.GeneratorParams:
        search = og.GeneratorParams(self.model)
        allowed = int(search.get_search_options()["max_length"])
        unasked = max(self.unasked_length, prompt_length + self.unasked_answer)
        options: dict[str, Any] = {"max_length": min(allowed, unasked)}
        for name, value in (params or {}).items():
            if value is not None:
                options[name] = value
        if options.keys() & {"temperature", "top_k", "top_p", "random_seed"}:
            options.setdefault("do_sample", True)
        search.set_search_options(**options)
        return search

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
            # MLflow makes one row of {"prompt": ["one", "two"]}.
            prompts += [prompt] if isinstance(prompt, str) else prompt
        return prompts

    @staticmethod
    def _chat_tokens(folder: Path) -> list[str]:
        text = (folder / "tokenizer.json").read_text(encoding="utf-8")
        tokens = json.loads(text).get("added_tokens", [])
        special = [token["content"] for token in tokens if token["special"]]
        return [content for content in special if content.startswith("<|")]

    @staticmethod
    def _has_template(folder: Path) -> bool:
        if (folder / "chat_template.jinja").exists():
            return True
        text = (folder / "tokenizer_config.json").read_text(encoding="utf-8")
        return bool(json.loads(text).get("chat_template"))


set_model(Phi3Model())
