"""Settings: who wins, what is refused, and what never leaves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bot.settings.settings import KEYS, Settings, load, terminal_wishes
from index.errors import SettingsError
from tests.support import ROOT


def written(folder: Path, text: str) -> Path:
    file = folder / "dragoman.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_flag_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    file = written(tmp_path, 'model = "openai:file"\nlanguage = "fr"\ntimeout = 5\nlibrary = "news"\n')
    environ = {"DRAGOMAN_MODEL": "openai:environ", "DRAGOMAN_LANGUAGE": "es"}
    settings = load(file, environ=environ, model="openai:flag", language=None)
    assert (settings.model, settings.language, settings.timeout) == ("openai:flag", "es", 5.0)
    assert settings.library == tmp_path / "news"  # relative to the file that says it
    assert settings.base_url == Settings().base_url == ""


def test_the_working_directory_is_never_searched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, 'base_url = "http://evil.example/v1"\n')
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert load(environ={}).base_url == ""
    (tmp_path / "config" / "dragoman").mkdir(parents=True)
    written(tmp_path / "config" / "dragoman", 'base_url = "http://mine.example/v1"\n')
    assert load(environ={}).base_url == "http://mine.example/v1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('modle = "x"', "setting 'modle' does not exist; did you mean 'model'?"),
        ('colour = "red"', "known settings: library, model"),
        ("model = 3", 'model: expected text in quotation marks, as in model = "3"'),
        ('timeout = "soon"', "timeout: expected a number of seconds above 0, found 'soon'"),
        ("timeout = true", "timeout: expected a number"),
        ("timeout = -1", "timeout: expected a number"),
        ("timeout = nan", "timeout: expected a number"),
        ('base_url = "file:///etc/passwd"', "base_url: 'file:///etc/passwd' is not a web address"),
        ('allow_hosts = "a.example"', 'allow_hosts: expected a list of names, as in ["a.example", "b.example"]'),
        ("temperature = 3", "temperature: expected a number from 0 to 2, found 3"),
        ("max_completion_tokens = 0", "max_completion_tokens: expected a whole number above 0"),
        ("extra_body = 3", "extra_body: expected a table, as in { top_k = 20 }"),
        ("headers = { a = 3 }", "headers: expected headers"),
        ('headers = { Authorization = "Bearer sk-secret" }', "headers: Authorization: a key belongs in the environment"),
        ('base_url = "ftp://ann:sk-secret@host/v1"', "base_url: 'ftp://…@host/v1' is not a web address"),
        ("model = ", "is not valid TOML"),
        ('chroma = "vectors.example:8000"', "chroma: The address of the Chroma server cannot be read"),
        ('chroma = "https://ann:sk-secret@vectors.example"', "chroma: The address of the Chroma server holds a password"),
        ('chroma_token = "sk-secret"', "chroma_token: a token belongs in the environment"),
        ('api_key = "sk-secret"', "api_key: a key belongs in the environment"),
        ('openai_api_key = "sk-secret"', "openai_api_key: a key belongs in the environment"),
    ],
)
def test_a_wrong_file_is_refused_by_name_and_key(tmp_path: Path, text: str, says: str) -> None:
    file = written(tmp_path, text)
    with pytest.raises(SettingsError) as refused:
        load(file, environ={})
    assert str(refused.value).startswith(f"{file}: ") and says in str(refused.value)
    assert "sk-secret" not in str(refused.value)


def test_a_chroma_server_s_token_comes_from_the_environment_and_is_never_shown(tmp_path: Path) -> None:
    file = written(tmp_path, 'chroma = "https://vectors.example?tenant=desk"\n')
    settings = load(file, environ={"DRAGOMAN_CHROMA_TOKEN": "sk-secret"})
    assert settings.chroma and (settings.chroma.token, settings.chroma.tenant) == ("sk-secret", "desk")
    assert "sk-secret" not in repr(settings) + str(settings.chroma)
    assert str(load(file, environ={"DRAGOMAN_CHROMA": "http://other.example:8000"}).chroma) == "http://other.example:8000"
    assert str(load(file, environ={}, chroma="http://flag.example").chroma) == "http://flag.example"
    assert load(file, environ={}, chroma="").chroma is None
    with pytest.raises(SettingsError, match="not sent in the clear"):
        load(file, environ={"DRAGOMAN_CHROMA": "http://other.example:8000", "DRAGOMAN_CHROMA_TOKEN": "sk-secret"})


def test_a_file_that_was_named_has_to_be_there_and_readable(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no such configuration file"):
        load(tmp_path / "none.toml", environ={})
    (tmp_path / "latin.toml").write_bytes(b'model = "caf\xe9"')
    with pytest.raises(SettingsError, match="not UTF-8"):
        load(tmp_path / "latin.toml", environ={})
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path, environ={})


def test_a_wrong_variable_and_a_wrong_keyword_are_named() -> None:
    with pytest.raises(SettingsError, match="DRAGOMAN_TIMEOUT: expected a number"):
        load(environ={"DRAGOMAN_TIMEOUT": "fast"})
    with pytest.raises(SettingsError, match="setting 'modle' does not exist; did you mean 'model'"):
        load(environ={}, modle="openai:x")


def test_lists_in_the_environment_have_commas() -> None:
    assert load(environ={"DRAGOMAN_ALLOW_HOSTS": "a.example, b.example,"}).allow_hosts == ("a.example", "b.example")


def test_keys_come_from_the_environment_only_and_are_not_shown() -> None:
    settings = load(environ={"OPENAI_API_KEY": "sk-theirs", "DRAGOMAN_API_KEY": "sk-ours"})
    assert settings.api_key == "sk-ours"
    assert load(environ={"OPENAI_API_KEY": "sk-theirs"}).api_key == "sk-theirs"
    assert "sk-" not in repr(settings) + str(settings)
    assert "api_key" not in KEYS
    with pytest.raises(SettingsError):
        load(environ={}, api_key="sk-flag")


@pytest.mark.parametrize(
    ("term", "no_color", "wishes"),
    [
        ("xterm-256color", "", (True, True)),
        ("xterm", "1", (True, False)),
        ("dumb", "", (False, False)),
        ("", "", (False, False)),
    ],
)
def test_what_a_terminal_may_get(monkeypatch: pytest.MonkeyPatch, term: str, no_color: str, wishes: tuple[bool, bool]) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("NO_COLOR", no_color)
    assert terminal_wishes() == wishes


def test_nothing_else_reads_the_environment() -> None:
    """House rule: only the settings look at os.environ, beside what speaks to systemd and OpenTelemetry, whose protocols are
    variables, and the log, which writes no secret one."""
    readers = set()
    for folder in (ROOT / "bot", ROOT / "index"):
        for file in folder.rglob("*.py"):
            nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            if {node.attr for node in nodes if isinstance(node, ast.Attribute)} & {"environ", "getenv", "environb"}:
                readers.add(str(file.parent.relative_to(ROOT)))
    assert readers == {"bot/settings", "bot/monitoring"}


def test_what_is_sent_to_a_chat_model_is_only_what_is_set(tmp_path: Path) -> None:
    from bot.opening import chat_parameters

    assert chat_parameters(load(environ={})) == {}
    text = 'temperature = 0\nreasoning_effort = "low"\nextra_body = { top_k = 20 }\nheaders = { X-Title = "Desk" }\n'
    file = written(tmp_path, text)
    settings = load(file, environ={"DRAGOMAN_MAX_COMPLETION_TOKENS": "900"})
    assert chat_parameters(settings) == {
        "temperature": 0.0, "max_completion_tokens": 900, "reasoning_effort": "low", "extra_body": {"top_k": 20},
    }  # fmt: skip
    environ = {"DRAGOMAN_HEADERS": '{"api-key": "sk-secret"}', "DRAGOMAN_EXTRA_BODY": '{"top_p": 0.9}'}
    settings = load(file, environ=environ | {"DRAGOMAN_BASE_URL": "https://ann:sk-secret@host/v1"})
    assert settings.headers == {"api-key": "sk-secret"} and settings.extra_body == {"top_p": 0.9}
    assert "sk-" not in repr(settings)
