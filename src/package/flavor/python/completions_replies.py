    def _complete(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> dict[str, Any]:
        answers = self._answers(request["prompt"], params | request)
        texts, ends = zip(*map(self._whole, answers))
        choices = [
            {
                "index": index,
                "text": text,
                "finish_reason": end["finish_reason"],
            }
            for index, (text, end) in enumerate(zip(texts, ends))
        ]
        return {
            **self._envelope("cmpl", "text_completion"),
            "choices": choices,
            "usage": self._usage(ends),
        }

    def _chunks(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> Iterator[dict[str, Any]]:
        envelope = self._envelope("cmpl", "text_completion")
        answers = self._answers(request["prompt"], params | request)
        for index, answer in enumerate(answers):
            for piece, end in answer:
                if piece:
                    choice = {"text": piece, "finish_reason": None}
                    yield {**envelope, "choices": [{"index": index} | choice]}
            last = {"text": "", "finish_reason": end["finish_reason"]}
            yield {**envelope, "choices": [{"index": index} | last]}

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
