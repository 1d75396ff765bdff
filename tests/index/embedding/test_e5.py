"""The real embedding model: what its vectors mean, what they do not depend on, and what it does with bad text and bad files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding import e5, e5_graph, onnx_file, sessions
from index.embedding.e5 import E5, load
from index.embedding.e5_tokenizer import Unigram, normalised
from index.errors import ModelError
from tests.support import ROOT

pytestmark = pytest.mark.model

ENGLISH = [
    "The central bank raised interest rates to slow inflation.",
    "Rescuers searched for survivors after the earthquake.",
    "The foreign ministers signed a fishing treaty in the capital.",
    "The museum opened an exhibition of medieval maps.",
]
TRANSLATIONS = {
    "es": [
        "El banco central subió los tipos de interés para frenar la inflación.",
        "Los equipos de rescate buscaron supervivientes tras el terremoto.",
        "Los ministros de Exteriores firmaron un tratado de pesca en la capital.",
        "El museo inauguró una exposición de mapas medievales.",
    ],
    "fr": [
        "La banque centrale a relevé ses taux pour ralentir l'inflation.",
        "Les secouristes ont cherché des survivants après le séisme.",
        "Les ministres des Affaires étrangères ont signé un traité de pêche dans la capitale.",
        "Le musée a ouvert une exposition de cartes médiévales.",
    ],
    "de": [
        "Die Zentralbank erhöhte die Zinsen, um die Inflation zu bremsen.",
        "Retter suchten nach dem Erdbeben nach Überlebenden.",
        "Die Außenminister unterzeichneten in der Hauptstadt ein Fischereiabkommen.",
        "Das Museum eröffnete eine Ausstellung mittelalterlicher Karten.",
    ],
    "pt": [
        "O banco central subiu os juros para conter a inflação.",
        "As equipas de resgate procuraram sobreviventes após o sismo.",
        "Os ministros dos Negócios Estrangeiros assinaram um tratado de pesca na capital.",
        "O museu abriu uma exposição de mapas medievais.",
    ],
    "ar": [
        "رفع البنك المركزي أسعار الفائدة لإبطاء التضخم.",
        "بحث رجال الإنقاذ عن ناجين بعد الزلزال.",
        "وقع وزراء الخارجية معاهدة صيد في العاصمة.",
        "افتتح المتحف معرضا للخرائط من العصور الوسطى.",
    ],
    "ru": [
        "Центральный банк повысил процентные ставки, чтобы замедлить инфляцию.",
        "Спасатели искали выживших после землетрясения.",
        "Министры иностранных дел подписали в столице договор о рыболовстве.",
        "Музей открыл выставку средневековых карт.",
    ],
    "zh": [
        "央行上调利率以遏制通货膨胀。",
        "地震后救援人员搜寻幸存者。",
        "外交部长们在首都签署了一项渔业条约。",
        "博物馆举办了中世纪地图展览。",
    ],
    "hi": [
        "केंद्रीय बैंक ने महंगाई धीमी करने के लिए ब्याज दरें बढ़ाईं।",
        "भूकंप के बाद बचावकर्मियों ने जीवित लोगों की तलाश की।",
        "विदेश मंत्रियों ने राजधानी में मछली पकड़ने की संधि पर हस्ताक्षर किए।",
        "संग्रहालय ने मध्यकालीन नक्शों की प्रदर्शनी खोली।",
    ],
    "th": [
        "ธนาคารกลางขึ้นอัตราดอกเบี้ยเพื่อชะลอเงินเฟ้อ",
        "หน่วยกู้ภัยค้นหาผู้รอดชีวิตหลังแผ่นดินไหว",
        "รัฐมนตรีต่างประเทศลงนามสนธิสัญญาประมงในเมืองหลวง",
        "พิพิธภัณฑ์เปิดนิทรรศการแผนที่ยุคกลาง",
    ],
}
EVERYTHING = [*ENGLISH, *(text for texts in TRANSLATIONS.values() for text in texts)]
LONG = " ".join(f"Paragraph {i}: {text}" for i, text in enumerate(EVERYTHING * 2))


@pytest.fixture(scope="module")
def model() -> E5:
    return load()


@pytest.fixture(scope="module")
def weights() -> Path:
    return e5._installed()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder; on Linux this is where platformdirs looks."""
    if sys.platform != "linux":
        pytest.skip("the cache folder is moved by a variable only on Linux")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "dragoman"


# What the vectors mean


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translation_ranks_first(model: E5, language: str) -> None:
    passages = model.embed_documents(ENGLISH)
    for i, text in enumerate(TRANSLATIONS[language]):
        assert np.argmax(passages @ model.embed_query(text)) == i


def test_shapes_types_and_lengths(model: E5) -> None:
    passages, question = model.embed_documents(ENGLISH), model.embed_query("Who signed the treaty?")
    assert passages.shape == (4, 384) and question.shape == (384,)
    assert passages.dtype == question.dtype == np.float32
    assert np.allclose(np.linalg.norm([*passages, question], axis=1), 1, atol=1e-6)
    assert model.embed_documents([]).shape == (0, 384)


def test_engines_are_interchangeable(model: E5, weights: Path) -> None:
    opened = e5_graph.read(weights)
    in_floats = E5(opened, e5_graph.build(opened, int8=False), "onnxruntime float32")
    paired = E5(opened, e5_graph.build(opened, int8=True, paired=True), "onnxruntime int8")
    texts = [*EVERYTHING, LONG]
    floats = in_floats.embed_documents(texts)
    for engine in (model, paired):
        assert np.sum(engine.embed_documents(texts) * floats, axis=1).min() >= 0.999


def test_no_processor_saturates_the_sums_of_the_weights(weights: Path) -> None:
    opened = e5_graph.read(weights)
    names = [name for name in opened.directory if name.startswith("l") and name.endswith(".w") and "ln" not in name]
    assert len(names) == 72
    for name in names:
        matrix = opened.matrix(name)
        rounded = np.round(matrix / e5_graph._steps(matrix, paired=True)).astype(int).reshape(-1, 2, matrix.shape[1])
        for part in (rounded, -rounded):
            assert np.maximum(part, 0).sum(axis=1).max() <= 128 and part.max() <= 127, name


def test_sums_of_8_bit_products_are_exact_on_this_processor() -> None:
    random = np.random.default_rng(0)
    matrix = random.choice([-1.0, 1.0], (384, 96)).astype(np.float32)  # as near to the bounds as weights can be
    rounded = np.round(matrix / e5_graph._steps(matrix, paired=True)).astype(np.int8)
    states = random.choice(np.array([0, 1, 254, 255], np.uint8), (40, 384))
    constants = {
        "states": states,
        "weights": rounded,
        "steps": np.ones(96, np.float32),
        "one": np.float32(1),
        "zero": np.uint8(128),
    }
    nodes = [
        onnx_file.node("MatMulIntegerToFloat", ("states", "weights", "one", "steps", "zero"), ["y"], "com.microsoft", {}),
        onnx_file.node("Add", ("y", "nothing"), ["sums"], "", {}),
    ]
    tensors = [onnx_file.tensor(name, np.asarray(value)) for name, value in constants.items()]
    ends = [onnx_file.value("nothing", [1])], [onnx_file.value("sums", [40, 96])]
    session = sessions._session(onnx_file.model("sums", nodes, tensors, *ends, {"": 23, "com.microsoft": 1}))
    [sums] = session.run(None, {"nothing": np.zeros(1, np.float32)})
    assert np.array_equal(sums, (states.astype(int) - 128) @ rounded.astype(int))


# What they do not depend on


def test_a_vector_does_not_depend_on_its_neighbours(model: E5) -> None:
    together = model.embed_documents([*EVERYTHING, LONG])
    for text, vector in zip([*EVERYTHING, LONG], together, strict=True):
        assert np.array_equal(model.embed_documents([text])[0], vector)


def test_threads(model: E5) -> None:
    with ThreadPoolExecutor(8) as pool:
        vectors = list(pool.map(model.embed_query, EVERYTHING * 4))
    assert np.array_equal(vectors, [model.embed_query(text) for text in EVERYTHING] * 4)


AFTER_FORK = """
import os, signal
import numpy as np
from index.embedding.e5 import load
model = load()
texts = ["A ferry sank in the strait.", "The court heard the appeal.", "Un tren descarriló."] * 4
before = model.embed_documents(texts)
child = os.fork()
if child == 0:
    signal.alarm(60)
    os._exit(0 if np.array_equal(model.embed_documents(texts), before) else 1)
_, status = os.waitpid(child, 0)
assert np.array_equal(model.embed_documents(texts), before)
raise SystemExit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="fork is safe for a test on Linux only")
def test_a_forked_child_embeds() -> None:
    done = subprocess.run([sys.executable, "-c", AFTER_FORK], cwd=ROOT, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()


# Bad text


def test_text_beyond_the_window_is_not_read(model: E5) -> None:
    assert model.count([LONG])[0] > 2 * model.window
    assert np.array_equal(*model.embed_documents([LONG, LONG + " And an end that nobody reads."]))
    start = LONG[: len(LONG) // 8]
    assert model.count([start])[0] < model.window
    assert not np.array_equal(*model.embed_documents([LONG, start]))


@pytest.mark.parametrize(
    "text", ["", " \n\t", "\0", "\ud800", "\ufdfa" * 40, "\ufdfa" * 4000, "a" * 200_000, "\u0301" * 3000, "🫠"]
)
def test_any_text_has_a_vector(model: E5, text: str) -> None:
    assert np.isclose(np.linalg.norm(model.embed_query(text)), 1, atol=1e-5)
    assert np.isfinite(model.embed_documents([text, "x"])).all()
    assert model.count([text])[0] >= 4


def test_nul_and_lone_surrogates_are_not_there(model: E5) -> None:
    assert np.array_equal(model.embed_query("a\0 ferry\ud83d sank"), model.embed_query("a ferry sank"))


def test_text_after_nul_is_read(model: E5) -> None:
    assert not np.array_equal(model.embed_query("a ferry\0 sank"), model.embed_query("a ferry"))


# Tokens


def test_tokens_are_those_of_the_tokenizers_package(model: E5, weights: Path) -> None:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    pieces, scores = e5_graph.read(weights).pieces()
    reference = Tokenizer(models.Unigram(list(zip(pieces, scores, strict=True)), unk_id=3, byte_fallback=False))
    reference.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    reference.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    mixed = [
        "½ km² ﬁn",
        "e\u0301te\u0301",
        "한국어 조선말",
        "ｆｕｌｌ　ｗｉｄｔｈ",
        "line\r\n\tbreak",
        "nbsp\u00a0here",
        "a\u200bb",
    ]
    for text in [*EVERYTHING, LONG, *mixed]:
        assert model._tokenizer.encode("passage: " + text).ids == reference.encode("passage: " + text).ids


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(exclude_categories=[])))
def test_tokens_cover_the_normal_form(model: E5, text: str) -> None:
    ids, ends = model._tokenizer.encode(text)
    assert len(ids) == len(ends) and ends == sorted(set(ends))
    assert ends[-1] == len(normalised(text))


def test_a_text_cannot_spell_a_mark() -> None:
    pieces = ["<s>", "<pad>", "</s>", "<unk>", "<mask>", "▁", "<", ">", "s", "/"]
    tokenizer = Unigram(pieces, [0.0, 0.0, 0.0, 0.0, 0.0, -1.0, -2.0, -2.0, -2.0, -2.0])
    assert tokenizer.encode("<s></s>é").ids == [5, 6, 8, 7, 6, 9, 8, 7, 3]


# Spans


def test_spans_are_the_tokens_that_touch_them(model: E5) -> None:
    text = "ﬁrst\0 \ufdfa line.  Second\u00a0½ line. 第三句话在这里。第四句话。"
    cuts = [0, text.index("Second"), text.index("第三"), text.index("第四"), len(text)]
    spans = list(pairwise(cuts))
    ends = model._tokenizer.encode("passage: " + text).ends
    whole, starts = normalised("passage: " + text), [0, *ends]
    found = [whole[starts[i] : ends[j - 1]].strip("▁") for i, j in e5._token_ranges(text, spans, ends)]
    assert found == [normalised(text[start:end]).strip("▁") for start, end in spans]


def test_a_span_is_about_its_own_words(model: E5) -> None:
    text = " ".join(ENGLISH)
    starts = [text.index(sentence) for sentence in ENGLISH]
    spans = [(start, start + len(sentence)) for start, sentence in zip(starts, ENGLISH, strict=True)]
    [passage, _], [vectors, none] = model.embed_spans([text, "No spans here."], [spans, []])
    assert np.array_equal(passage, model.embed_documents([text])[0])
    assert vectors.shape == (4, 384) and none.shape == (0, 384)
    for i, sentence in enumerate(TRANSLATIONS["es"]):
        assert np.argmax(vectors @ model.embed_query(sentence)) == i


def test_a_span_without_tokens_is_its_passage(model: E5) -> None:
    [passage], [vectors] = model.embed_spans([LONG], [[(len(LONG) - 9, len(LONG)), (0, 0)]])
    assert np.allclose(vectors, passage, atol=1e-6)


# Bad files


def test_a_damaged_cache_is_built_again(cache: Path) -> None:
    expected = load().embed_query("ferry")
    [kept] = cache.iterdir()
    content = kept.read_bytes()
    for damaged in (content[:1000], content[:-9000] + bytes(9000), b""):
        kept.write_bytes(damaged)
        assert np.array_equal(load().embed_query("ferry"), expected)
        assert kept.read_bytes() == content
    assert list(cache.iterdir()) == [kept]


def test_a_cache_folder_that_cannot_be_written(cache: Path) -> None:
    cache.write_text("not a folder")
    assert load().embed_query("ferry").shape == (384,)


def test_missing_weights(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no embedding weights at .*nowhere"):
        load(tmp_path / "nowhere.bin")
    with pytest.raises(ModelError, match="cannot read"):
        load(tmp_path)


def test_damaged_weights(weights: Path, tmp_path: Path, cache: Path) -> None:
    copy = tmp_path / "copy.bin"
    shutil.copy(weights, copy)
    with copy.open("r+b") as file:
        file.seek(60_000_000)
        file.write(b"damage")
    with pytest.raises(ModelError, match=r"is not the e5-small-q4\.bin"):
        load(copy)
    assert not cache.exists()


def test_weights_that_change_beside_a_good_cache_are_found(weights: Path, tmp_path: Path, cache: Path) -> None:
    """Their size and time are as they were: rows of theirs are read while the model runs."""
    copy = tmp_path / "copy.bin"
    shutil.copy2(weights, copy)
    before = copy.stat()
    load(copy)
    with copy.open("r+b") as file:
        file.seek(60_000_000)
        file.write(b"damage")
    os.utime(copy, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelError, match=r"is not the e5-small-q4\.bin"):
        load(copy)


def test_a_question_as_tokens_knows_where_each_stands(model: E5) -> None:
    question = "¿Cuándo llegó  Lavrov a la capital? ﬁn"
    (asked,) = model.embed_tokens([question], query=True)
    pieces = [question[a:b] for a, b in asked.spans]
    assert len(pieces) == len(asked.tokens) and {"llegó", "Lavrov", "capital", "ﬁn"} <= set(pieces)
    assert np.allclose(asked.vector, model.embed_query(question), atol=1e-6)
    text = "Serguéi Lavrov arrived in the capital on Wednesday."
    (found,) = model.embed_tokens([text])
    assert np.allclose(found.vector, model.embed_documents([text])[0], atol=1e-6)
    assert np.allclose(np.linalg.norm(found.tokens, axis=1), 1, atol=1e-5)
    near = asked.tokens @ found.tokens.T
    assert near[pieces.index("Lavrov")].max() > near[pieces.index("llegó")].max() > 0.5
    assert model.embed_tokens([""], query=True)[0].tokens.shape == (0, 384)


@given(st.text(alphabet="a é\u0301\u00a0\u3000\tﬁ²´\u200b\u00ad한ガカ\u3099क\u094d½…\n𝔘▁\u0651 ", max_size=30))
def test_words_by_themselves_are_as_long_in_their_normal_form_as_in_the_text(text: str) -> None:
    whole = [len(normalised(e5.QUESTION + text[:offset])) for offset in range(len(text) + 1)]
    assert e5._in_normal_form(e5.QUESTION, text) == whole


def test_a_question_is_embedded_once_among_the_last_ones(model: E5, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer to a question of two parts asks for the whole and the parts by turns, as vectors and as tokens."""
    run: list[str] = []
    states = model._states
    monkeypatch.setattr(model, "_states", lambda prefix, text: run.append(text) or states(prefix, text))
    whole, *parts = ("Who won the regatta, and where was it held?", "Who won the regatta?", "Where was it held?")
    first = model.embed_query(whole)
    for part in parts:
        model.embed_query(part)
        assert np.array_equal(model.embed_query(whole), first)
        model.embed_tokens([part], query=True)
    assert run == [whole, *parts]
    model.embed_documents([whole])  # as a passage it has another vector
    for n in range(e5.KEPT):
        model.embed_query(f"Which of {n} boats won?")
    assert np.array_equal(model.embed_query(whole), first)
    assert run.count(whole) == 3  # made, as a passage, and made again
