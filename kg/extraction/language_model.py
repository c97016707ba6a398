"""Ask a language model for quotes and slots, and believe none of it before it is verified.

The model sees the article as data and answers with copied words only. A quote that does not stand
in the text is rejected; numbers, dates, negation and names are read from the text by the rules.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from kg.errors import CallError, EnvironmentFault
from kg.extraction.pipeline import About, Extractor
from kg.extraction.verifying import Verifier

PROMPT = Path(__file__).with_name("prompt.txt")
TRIES = 3
SECONDS = 60.0
MAX_ANSWER = 1_000_000
_ADDRESS, _MODEL, _KEY = "KG_LLM_BASE_URL", "KG_LLM_MODEL", "KG_LLM_API_KEY"


class Chat(Protocol):
    """Something that answers messages."""

    model: str

    def __call__(self, messages: list[dict[str, str]]) -> str:
        """Return the answer to `messages`.

        Raises:
            ConnectionError: there was none; the words say why.
        """
        ...


@dataclass
class ModelExtractor:
    """Drafts records with a language model; what it says passes the verifier or is left out.

    Attributes:
        rules: the names and words by which answers are verified.
        chat: the model.
        log: prompt digest, raw answers and rejections of the last article, as JSON lines.
    """

    rules: Extractor
    chat: Chat
    pause: float = 1.0
    log: str = field(default="", init=False)

    def draft(self, text: str, about: About) -> dict[str, Any]:
        """Return the draft record of an article.

        Raises:
            EnvironmentFault: the model gave no usable answer in three tries.
        """
        prompt = PROMPT.read_text(encoding="utf-8")
        digest = hashlib.sha256(prompt.encode()).hexdigest()
        messages = [
            {"role": "system", "content": prompt},
            {"role": "user", "content": f"<article>\n{text[about.body :]}\n</article>"},
        ]
        lines: list[dict[str, Any]] = [{"model": self.chat.model, "prompt_sha256": digest}]
        best: dict[str, Any] | None = None
        for number in range(1, TRIES + 1):
            answer, wrong = self._ask(messages)
            lines.append({"try": number, "answer": answer, "error": wrong})
            if wrong is None:
                verifier = Verifier(self.rules, text, about, f"{self.chat.model}, {digest[:12]}")
                best = verifier.record(json.loads(_object_in(answer))["claims"])
                lines.append({"rejected": verifier.rejected})
                wrong = "; ".join(verifier.rejected[:10]) or None
            if wrong is None:
                break
            messages = [
                *messages[:2],
                {"role": "assistant", "content": answer[:MAX_ANSWER]},
                {"role": "user", "content": f"That cannot be used: {wrong}. Answer again, whole."},
            ]
        self.log = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        if best is None:
            raise EnvironmentFault(f"The model gave no usable answer in {TRIES} tries: {wrong}")
        return best

    def _ask(self, messages: list[dict[str, str]]) -> tuple[str, str | None]:
        """Return an answer, and what is wrong with it if it cannot be used at all."""
        try:
            answer = self.chat(messages)
        except ConnectionError as error:
            time.sleep(self.pause)
            return "", str(error)
        return answer, _wrong_with(answer)


def _wrong_with(answer: str) -> str | None:
    try:
        content = json.loads(_object_in(answer))
    except (ValueError, RecursionError):
        return "it is no JSON object"
    claims = content.get("claims") if isinstance(content, dict) else None
    if not isinstance(claims, list) or not all(isinstance(claim, dict) for claim in claims):
        return "it has no list of claims under 'claims'"
    return None


def _object_in(answer: str) -> str:
    """Return what stands between the first and the last brace: models wrap their JSON in words."""
    first, last = answer.find("{"), answer.rfind("}")
    return answer[first : last + 1] if 0 <= first < last else ""


class OpenAIChat:
    """A model behind any endpoint that speaks the OpenAI chat protocol."""

    def __init__(self, base_url: str, model: str, key: str, seconds: float = SECONDS) -> None:
        """Take the endpoint's address, the model's name there and the key.

        Raises:
            EnvironmentFault: the client is not installed.
        """
        try:
            import openai
        except ImportError as error:
            raise EnvironmentFault("Models take a client: pip install 'communique[llm]'") from error
        self.model = model
        self._errors = openai
        self._client = openai.OpenAI(base_url=base_url, api_key=key, timeout=seconds, max_retries=0)

    def __call__(self, messages: list[dict[str, str]]) -> str:
        """Return the model's answer, asking for plain text where JSON mode is refused."""
        try:
            try:
                return self._complete(messages, response_format={"type": "json_object"})
            except self._errors.BadRequestError:
                return self._complete(messages)
        except self._errors.OpenAIError as error:
            raise ConnectionError(f"{type(error).__name__}: {error}"[:300]) from error

    def _complete(self, messages: list[dict[str, str]], **more: Any) -> str:
        asked: Any = messages
        done = self._client.chat.completions.create(
            model=self.model, messages=asked, temperature=0, **more
        )
        content = done.choices[0].message.content if done.choices else None
        return (content or "")[:MAX_ANSWER]


def model_from_environment() -> OpenAIChat:
    """Return the model that the environment names: address, name and key, and nothing on disk.

    Raises:
        CallError: no address or model is named.
    """
    address, model = os.environ.get(_ADDRESS), os.environ.get(_MODEL)
    if not address or not model:
        raise CallError(
            f"--extractor llm takes a model: set {_ADDRESS} (as http://localhost:11434/v1) and "
            f"{_MODEL}, and {_KEY} where the endpoint wants a key"
        )
    return OpenAIChat(address, model, os.environ.get(_KEY) or "none")
