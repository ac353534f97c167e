    def predict(
        self,
        context: PythonModelContext,
        model_input: pd.DataFrame,
        params: dict[str, Any] | None = None,
    ) -> dict[str, Any] | list[dict[str, Any]]:
        """Returns one reply, or one for each of several rows."""
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
        """Yields the parts of the replies, as the model generates them."""
        for request in self._requests(model_input):
            yield from self._chunks(request, params or {})

    def _answers(
        self, prompt: str, settings: dict[str, Any]
    ) -> list[Iterator[tuple[str, dict[str, Any]]]]:
        for name in ("frequency_penalty", "presence_penalty"):
            if settings.get(name):
                raise ValueError(f"this model does not know `{name}`")
        answers = []
        for index in range(int(settings.get("n") or 1)):
            own = dict(settings)
            if index and own.get("random_seed") is not None:
                own["random_seed"] += index
            answers.append(self._answer(prompt, own))
        return answers

    def _envelope(self, prefix: str, kind: str) -> dict[str, Any]:
        return {
            "id": f"{prefix}-{uuid.uuid4().hex}",
            "object": kind,
            "created": int(time.time()),
            "model": self.artifact,
        }

    @staticmethod
    def _whole(
        answer: Iterator[tuple[str, dict[str, Any]]],
    ) -> tuple[str, dict[str, Any]]:
        pieces, ends = zip(*answer)
        return "".join(pieces), ends[-1]

    @staticmethod
    def _usage(ends: list[dict[str, Any]]) -> dict[str, int]:
        prompt = ends[0]["prompt_tokens"]
        completion = sum(end["completion_tokens"] for end in ends)
        return {
            "prompt_tokens": prompt,
            "completion_tokens": completion,
            "total_tokens": prompt + completion,
        }

    @staticmethod
    def _given(row: dict[str, Any]) -> dict[str, Any]:
        """A row without what is not given: in a table, that is NaN."""
        return {
            name: value
            for name, value in row.items()
            if value is not None
            and not (isinstance(value, float) and math.isnan(value))
        }
