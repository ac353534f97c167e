    def _complete(
        self, request: dict[str, Any], params: dict[str, Any]
    ) -> dict[str, Any]:
        prompt = self._apply_template(self._messages(request))
        answers = self._answers(prompt, params | request)
        texts, ends = zip(*map(self._whole, answers))
        choices = [
            {
                "index": index,
                "message": {"role": "assistant", "content": text},
                "finish_reason": end["finish_reason"],
            }
            for index, (text, end) in enumerate(zip(texts, ends))
        ]
        return {
            **self._envelope("chatcmpl", "chat.completion"),
            "choices": choices,
            "usage": self._usage(ends),
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
            for piece, end in answer:
                if piece:
                    choice = choice | {"delta": role | {"content": piece}}
                    yield {**envelope, "choices": [choice]}
                    role = {}
            last = {"delta": role, "finish_reason": end["finish_reason"]}
            yield {**envelope, "choices": [choice | last]}

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
