"""Does search work in languages that nothing was chosen on? Eight stories in ten languages, and NTREX where it is at hand.

    own    scripts/languages.jsonl: half the stories in English, half in another language, among passages on other matters
    NTREX  headlines against articles, from English, into English, and half and half. It is not among the shared sets in these
           languages; a clone of github.com/MicrosoftTranslator/NTREX as NTREX in the user's cache folder is found there

The stories run in the tests: their questions are few, but a language that is broken (a script that is not split, a mean that is
taken away twice) loses most of them.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.retrieval import Asked, Remembered, Row, searched
from index import Article
from index.embedding.e5 import E5

SCRIPTS = Path(__file__).resolve().parent.parent
OTHERS = {
    "ru": "rus",
    "ar": "arb",
    "zh": "zho-CN",
    "ja": "jpn",
    "hi": "hin",
    "tr": "tur",
    "ko": "kor",
    "fa": "fas",
    "th": "tha",
}
"""Language -> its name in NTREX's files."""

Library = tuple[list[Article], list[Asked]]


def run(shared: Path | None, sample: bool) -> list[Row]:
    """`sample`: the own stories only."""
    from platformdirs import user_cache_dir

    cache = Path(user_cache_dir("dragoman"))
    model = Remembered(cache / f"eval-languages-{E5.name}.npz")
    hits: dict[str, list[bool]] = defaultdict(list)
    libraries = [*_stories(), *(() if sample or not (cache / "NTREX").is_dir() else _ntrex(cache / "NTREX"))]
    for articles, questions in libraries:
        for asked, found in searched(articles, questions, model):
            for tag in asked.tags:
                hits[tag].append(found.first == 1)
    model.save()
    floors = tomllib.loads((SCRIPTS / "floors.toml").read_text(encoding="utf-8")).get("languages", {})
    return [(name, "Hit@1", sum(of) / len(of), floors.get(name, {}).get("Hit@1")) for name, of in hits.items()]


def _stories() -> Iterator[Library]:
    rows = [json.loads(line) for line in (SCRIPTS / "languages.jsonl").read_text(encoding="utf-8").splitlines()]
    story = {(row["lang"], row["n"]): row for row in rows}
    means = [json.loads(line) for line in (SCRIPTS / "means_text.jsonl").read_text(encoding="utf-8").splitlines()]
    numbers = sorted({n for _, n in story})
    for lang in OTHERS:
        others = [
            Article(id=f"other:{row['lang']}:{row['n']}", text=row["text"], lang=row["lang"])
            for row in means
            if row["kind"] == "passage" and row["lang"] in ("en", lang)
        ]
        for turn in (0, 1):
            lang_of = {n: lang if n % 2 == turn else "en" for n in numbers}
            library = [Article(id=f"{of}:{n}", text=story[of, n]["text"], lang=of) for n, of in lang_of.items()]
            questions = [
                Asked(story[asked, n]["question"], (f"{lang_of[n]}:{n}",), _tags("stories", lang, asked, lang_of[n]))
                for asked in ("en", lang)
                for n in numbers
            ]
            yield library + others, questions


def _tags(name: str, lang: str, asked: str, found: str) -> tuple[str, ...]:
    where = "same-language" if asked == found else "cross-language"
    all_of_them = (f"{name}, {where}",) if name == "stories" else ()
    return (f"{name} {lang}, {where}", *all_of_them)


def _ntrex(folder: Path) -> Iterator[Library]:
    names = (folder / "DOCUMENT_IDS.tsv").read_text(encoding="utf-8").split()
    english = _documents(folder / "NTREX-128/newstest2019-src.eng.txt", names, "en")
    for lang, code in OTHERS.items():
        theirs = _documents(folder / f"NTREX-128/newstest2019-ref.{code}.txt", names, lang)
        keys = list(english)
        for asked, found in ((english, theirs), (theirs, english)):
            of = "en->" + lang if found is theirs else lang + "->en"
            yield list(found.values()), [Asked(asked[key].title, (found[key].id,), (f"NTREX {of}",)) for key in keys]
        half = {key: (english, theirs)[i % 2][key] for i, key in enumerate(keys)}
        yield (
            list(half.values()),
            [
                Asked(asked[key].title, (half[key].id,), _tags("NTREX half en, half", lang, asked[key].lang, half[key].lang))
                for asked in (english, theirs)
                for key in keys
            ],
        )


def _documents(file: Path, names: Sequence[str], lang: str) -> dict[str, Article]:
    """Name -> article: the first line of a document is its headline."""
    lines: dict[str, list[str]] = defaultdict(list)
    for name, line in zip(names, file.read_text(encoding="utf-8").splitlines(), strict=True):
        lines[name].append(line.strip())
    return {
        name: Article(id=f"{lang}:{name}", title=of[0], text=" ".join(of[1:]) or of[0], lang=lang) for name, of in lines.items()
    }
