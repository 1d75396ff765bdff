"""A decision endpoint (/v1/decisions): typed questions about one text in, probabilities out."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.llm.failures import translated
from bot.llm.server import server_of
from bot.llm.wire import clients, is_local


@dataclass(frozen=True, slots=True)
class Decisions:
    """A model that answers questions with a probability."""

    name: str
    where: str
    _model: Any = field(repr=False)
    _secret: str = field(default="", repr=False)

    def probabilities(self, text: str, conditions: Mapping[str, str]) -> Mapping[str, float]:
        """How likely each condition is of a text, by its key; those that the model refuses are left out. ModelError."""
        from langchain_openai.decisions import Predicate

        questions = {key: Predicate(instructions=condition) for key, condition in conditions.items()}
        try:
            response = self._model.invoke({"input": text, "questions": questions})
        except Exception as error:
            raise translated(error, self.name, self.where, secret=self._secret) from error
        return {key: float(answer.probability) for key, answer in response.predicates.items() if key in conditions}


def decision_model(name: str, *, base_url: str = "", api_key: str = "", timeout: float = 60.0) -> Decisions:
    """The decision model of a server that speaks OpenAI's API. ModelError where there is no key."""
    server = server_of("openai", base_url, api_key)
    from langchain_openai.decisions import OpenAIDecisions
    from pydantic import SecretStr

    sync, _ = clients(os.getpid(), is_local(server.address))
    options: dict[str, Any] = {"base_url": server.address} if server.address else {}
    with warnings.catch_warnings():  # it is marked as beta
        warnings.simplefilter("ignore")
        model = OpenAIDecisions(
            model=name,
            api_key=SecretStr(server.key) if server.key else None,
            timeout=timeout,
            max_retries=1,
            default_headers=server.headers,
            http_client=sync,
            **options,
        )
    return Decisions(f"decisions:{name}", server.where, model, server.key)
