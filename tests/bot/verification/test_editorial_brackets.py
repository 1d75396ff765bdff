"""Letters in brackets, and "[sic]", are an editor's: what stands round them is compared word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.verification.document_check import _GAP, proofs
from bot.verification.editorial_brackets import _UNSAID, Said
from index import Article, Index

DRAFTS = [  # the article's sentence, the draft's, the verdict
    ("en", "He called it “[a]n old story of two towns”, and left.", "“[a]n old story of two towns”", "exact"),
    ("en", "He called it “[a]n old story of two towns”, and left.", "“an old story of two towns”", "exact"),
    ("en", "He called it “[a]n old story of two towns”, and left.", "“An old story of two towns”", "exact"),
    ("en", "“An old story of two towns,” he said.", "It was “[a]n old story of two towns”.", "exact"),
    ("en", "“They want the old bridge back,” he said.", "He said they “want[ed] the old bridge back”.", "exact"),
    ("en", "“They will open the old bridge,” he said.", "He said they “will [re]open the old bridge”.", "exact"),
    ("en", "“It were [sic] an old story of two towns,” he said.", "“It were an old story of two towns”", "exact"),
    ("en", "“It were an old story of two towns,” he said.", "“It were [sic] an old story of two towns”", "exact"),
    ("en", "“It is […] a story of two old towns,” he said.", "“It is […] a story of two old towns”", "exact"),
    ("en", "“It is a story […] of two old towns,” he said.", "“It is a story of two old towns”", "altered"),
    ("en", "“He [did not] see the old bridge fall,” she said.", "“He see the old bridge fall”", "altered"),
    ("en", "“He [did not] see the old bridge fall,” she said.", "“He [did not] see the old bridge fall”", "exact"),
    ("en", "“An old story of two towns,” he said.", "It was “[a]n odd story of two towns”.", "altered"),
    ("en", "“On old stories of two towns,” he said.", "It was “[a]n old stories of two towns”.", "altered"),
    ("es", "Dijo que «[l]a vieja historia de dos pueblos» sigue.", "«[l]a vieja historia de dos pueblos»", "exact"),
    ("es", "Dijo que «[l]a vieja historia de dos pueblos» sigue.", "«La vieja historia de dos pueblos»", "exact"),
    ("fr", "« L’école de deux vieux villages », a-t-elle dit.", "« [l]’école de deux vieux villages »", "exact"),
    ("fr", "Elle parle d’« [u]ne vieille histoire de deux villages ».", "« une vieille histoire de deux villages »", "exact"),
    ("de", "„Die alte Geschichte zweier Dörfer“, sagte er.", "Es sei „[d]ie alte Geschichte zweier Dörfer“.", "exact"),
    ("pt", "“A velha história de duas aldeias”, disse.", "É “[a] velha história de duas aldeias”.", "exact"),
    ("it", "«La vecchia storia di due paesi», ha detto.", "È «[l]a vecchia storia di due paesi».", "exact"),
    ("ru", "«Старая история двух деревень», — сказал он.", "Это «[с]тарая история двух деревень».", "exact"),
]


@pytest.mark.parametrize(("lang", "article", "draft", "verdict"), DRAFTS)
def test_what_an_editor_changed_in_brackets_is_no_change(
    tmp_path: Path, lang: str, article: str, draft: str, verdict: str
) -> None:
    with Index(tmp_path / "library") as index:
        index.add([Article(id="story", lang=lang, text=article)])
        (proof,) = proofs(draft, index)
    assert proof.verdict == verdict
    if verdict == "exact":
        assert proof.source_start is not None and proof.source_end is not None
        assert article[proof.source_start : proof.source_end] == proof.source_text


def test_what_was_said_keeps_its_place_in_the_article() -> None:
    text = "“[a]n old [sic] story, want[ed]” by [Lee]."
    said = Said(text)
    assert said.text == "“an old story, wanted” by [Lee]."
    spans = {
        words: text[slice(*said.origin((at := said.text.index(words), at + len(words))))] for words in ("old", "story", "by")
    }
    assert spans == {"old": "old", "story": "story", "by": "by"}


def test_a_note_is_looked_for_once_in_a_run_of_white_space() -> None:
    """Else a pasted page with a long blank line is read as often as the line is long, squared."""
    text = f"were{' ' * 50}[sic] old"
    starts = [at for at in range(len(text)) if (match := _UNSAID.match(text, at)) and match["note"]]
    assert starts == [len("were")]
    assert [at for at in range(len(text)) if _GAP.match(text, at)] == [len("were"), text.index("[")]
    for note in (" [sic]", "[sic]", "\n (sic!)", " \t[SIC.]"):
        assert Said(f"were{note} old").text == "were old"
