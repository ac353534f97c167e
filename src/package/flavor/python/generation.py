    # The generator reserves memory for the whole length at once: a model
    # that allows more than this many tokens gets more only if `max_length`
    # asks for it. A longer prompt still leaves room for an answer.
    unasked_length = 4096
    unasked_answer = 1024

    options = {
        "do_sample": bool,
        "temperature": float,
        "top_k": int,
        "top_p": float,
        "repetition_penalty": float,
        "random_seed": int,
        "min_length": int,
        "no_repeat_ngram_size": int,
    }
    least = {"max_length": 1, "temperature": 0, "top_k": 0}

    def load_context(self, context: PythonModelContext) -> None:
        """Loads the model and its tokenizer."""
        folder = Path(context.artifacts[self.artifact])
        self.model = og.Model(str(folder))
        self.tokenizer = og.Tokenizer(self.model)
        self.model_config = dict(context.model_config or {})
        self.chat_tokens = self._chat_tokens(folder)
        self.has_template = self._has_template(folder)
        config = json.loads((folder / "genai_config.json").read_text("utf-8"))
        self.context_length = config["model"]["context_length"]
        end = config["model"]["eos_token_id"]
        self.end_tokens = frozenset(end if isinstance(end, list) else [end])

    def _apply_template(self, messages: list[dict[str, str]]) -> str:
        if not self.has_template:
            raise ValueError("this model has no chat template")
        return self.tokenizer.apply_chat_template(json.dumps(messages))

    def _answer(
        self, prompt: str, settings: dict[str, Any]
    ) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yields the text piece by piece, and with the last how it ended.

        `finish_reason` tells whether the model was done ("stop") or had no
        room left ("length").
        """
        given = {k: v for k, v in settings.items() if v is not None}
        settings = self.model_config | given
        stop = settings.get("stop") or ()
        stop = (stop,) if isinstance(stop, str) else tuple(stop)
        # Text that may be the beginning of such a text is held back.
        longest = max(map(len, stop), default=1) - 1
        tokens = self.tokenizer.encode(prompt)
        end = {
            "finish_reason": "length",
            "prompt_tokens": len(tokens),
            "completion_tokens": 0,
        }
        held = ""
        for token, piece in self._pieces(tokens, settings):
            end["completion_tokens"] += 1
            if token in self.end_tokens:
                end["finish_reason"] = "stop"
            held += piece
            found = [at for at in map(held.find, stop) if at >= 0]
            if found:
                end["finish_reason"] = "stop"
                held = held[: min(found)]
                break
            sure = held[: len(held) - longest]
            if sure:
                yield sure, {}
                held = held[len(sure) :]
        yield held, end

    def _pieces(
        self, tokens: Any, settings: dict[str, Any]
    ) -> Iterator[tuple[int, str]]:
        search = self._search(len(tokens), settings)
        generator = og.Generator(self.model, search)
        generator.append_tokens(tokens)
        # Not `decode`, which ends at the first byte that is not UTF-8.
        stream = self.tokenizer.create_stream()
        is_first = True
        while not generator.is_done():
            generator.generate_next_token()
            token = generator.get_next_tokens()[0]
            piece = stream.decode(token)
            if is_first and piece:
                # The tokenizer puts a space before the first word.
                piece = piece.removeprefix(" ")
                is_first = False
            yield token, piece

    def _search(
        self, prompt_length: int, settings: dict[str, Any]
    ) -> og.GeneratorParams:
        search = og.GeneratorParams(self.model)
        allowed = int(search.get_search_options()["max_length"])
        unasked = max(self.unasked_length, prompt_length + self.unasked_answer)
        length = settings.get("max_length")
        if "max_tokens" in settings:
            asked = prompt_length + int(settings["max_tokens"])
            most = self.context_length if length is None else int(length)
            length = min(most, asked)
        options: dict[str, Any] = {
            name: convert(settings[name])
            for name, convert in self.options.items()
            if name in settings
        }
        if length is None:
            length = min(allowed, unasked)
        options["max_length"] = int(length)
        self._check(options)
        if options.get("temperature") == 0:
            # The likeliest token always.
            del options["temperature"]
            options["do_sample"] = False
        elif options.keys() & {"temperature", "top_k", "top_p", "random_seed"}:
            options.setdefault("do_sample", True)
        search.set_search_options(**options)
        return search

    @classmethod
    def _check(cls, options: dict[str, Any]) -> None:
        """Refuses what the generator would take and answer nonsense to."""
        for name, least in cls.least.items():
            if options.get(name, least) < least:
                raise ValueError(
                    f"`{name}` is {options[name]}, "
                    f"but has to be at least {least}"
                )
        if options.get("repetition_penalty", 1) <= 0:
            raise ValueError("`repetition_penalty` has to be more than 0")

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
