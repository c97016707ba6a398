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

import httpx

from kg.errors import CallError, EnvironmentFault
from kg.extraction.bounded_answers import bounded_client, in_time
from kg.extraction.pipeline import About, Extractor
from kg.extraction.verifying import Verifier

PROMPT = Path(__file__).with_name("prompt.txt")
TRIES = 3
SECONDS = 60.0
MAX_ANSWER = 1_000_000
# So many braces of an answer are tried for the beginning of its object.
MAX_BRACES = 100
# An answer stands in JSON, in which a character may take six bytes and more is said beside it.
MAX_BYTES = 8 * MAX_ANSWER
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
        rejected: why each claim was left out that its last usable answer proposed.
    """

    rules: Extractor
    chat: Chat
    pause: float = 1.0
    log: str = field(default="", init=False)
    rejected: list[str] = field(default_factory=list, init=False)

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
        stood: list[dict[str, Any]] = []
        self.rejected = []
        for number in range(1, TRIES + 1):
            answer, claims, wrong = self._ask(messages)
            lines.append({"try": number, "answer": answer, "error": wrong})
            if wrong is None:
                verifier = Verifier(self.rules, text, about, f"{self.chat.model}, {digest[:12]}")
                best = verifier.record(claims, earlier=stood)
                stood, self.rejected = verifier.stood, verifier.rejected
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

    def _ask(self, messages: list[dict[str, str]]) -> tuple[str, list[Any], str | None]:
        """Return an answer, its claims, and what is wrong with it if it cannot be used at all."""
        try:
            answer = _encodable(self.chat(messages))
        except ConnectionError as error:
            time.sleep(self.pause)
            return "", [], _encodable(str(error))
        try:
            return answer, _claims_in(answer), None
        except ValueError as error:
            return answer, [], str(error)


def _claims_in(answer: str) -> list[Any]:
    """Return the claims that an answer proposes, whatever stands among them.

    Raises:
        ValueError: it has none of the form that was asked for; the words say why.
    """
    try:
        content = _object_in(answer)
        # Escapes in JSON can make characters that no file can hold.
        content = json.loads(_encodable(json.dumps(content, ensure_ascii=False)))
    except (ValueError, RecursionError) as error:
        raise ValueError("it is no JSON object") from error
    claims = content.get("claims")
    if not isinstance(claims, list):
        raise ValueError("it has no list of claims under 'claims'")
    return claims


def _encodable(words: str) -> str:
    return words.encode("utf-8", "replace").decode("utf-8")


def _object_in(answer: str) -> dict[str, Any]:
    """Return the object with claims in an answer, else its first: models wrap JSON in words.

    Raises:
        ValueError: it has none.
    """
    decoder, first = json.JSONDecoder(), None
    at = answer.find("{")
    for _ in range(MAX_BRACES):
        if at < 0:
            break
        try:
            content, end = decoder.raw_decode(answer, at)
        except ValueError:
            end = at + 1
        else:
            if "claims" in content:
                first = content
                break
            first = content if first is None else first
        at = answer.find("{", end)
    if first is None:
        raise ValueError("no brace in it begins an object")
    found: dict[str, Any] = first
    return found


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
        self._errors, self._seconds = openai, seconds
        client: Any = bounded_client(seconds, MAX_BYTES)
        self._client = openai.OpenAI(
            base_url=base_url, api_key=key, timeout=seconds, max_retries=0, http_client=client
        )

    def __call__(self, messages: list[dict[str, str]]) -> str:
        """Return the model's answer, asking for plain text where JSON mode is refused."""
        try:
            try:
                return self._complete(messages, response_format={"type": "json_object"})
            except self._errors.BadRequestError:
                return self._complete(messages)
        except (self._errors.OpenAIError, httpx.HTTPError) as error:
            why = f": {error.__cause__}" if error.__cause__ else ""
            words = f"{type(error).__name__}: {str(error).rstrip('.')}{why}"
            raise ConnectionError(words[:300]) from error

    def _complete(self, messages: list[dict[str, str]], **more: Any) -> str:
        asked: Any = messages
        create: Any = self._client.chat.completions.with_raw_response.create

        def ask() -> bytes:
            done = create(model=self.model, messages=asked, temperature=0, **more)
            content: bytes = done.http_response.content
            return content

        return _content_of(in_time(self._seconds, ask))[:MAX_ANSWER]


def _content_of(body: bytes) -> str:
    """Return what the model says in a response of the protocol; "" where it says nothing.

    Raises:
        ConnectionError: the response is none of this protocol.
    """
    try:
        done = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ConnectionError("the endpoint's answer is no JSON; is its address right?") from error
    choices = done.get("choices") if isinstance(done, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    if not isinstance(message, dict):
        raise ConnectionError("the endpoint's answer has no message; is its address right?")
    content = message.get("content")
    parts = content if isinstance(content, list) else [content]
    texts = [part.get("text") if isinstance(part, dict) else part for part in parts]
    return "".join(text for text in texts if isinstance(text, str))


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
