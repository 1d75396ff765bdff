"""What a stranger installs: the wheel, from the lock file, in a fresh environment outside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT], check=True)
    return next(folder.glob("dragoman-*.whl"))


def test_the_wheel_holds_the_product_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"bot", "index", "prompts"}
    assert {"bot/py.typed", "index/py.typed", "prompts/answer.md", "prompts/__init__.py"} <= set(names)


def test_the_installed_wheel_answers_a_question(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    python, dragoman = environment / "bin" / "python", environment / "bin" / "dragoman"
    pip = [python, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*pip, "--no-deps", wheel], check=True)

    article = tmp_path / "article.txt"
    article.write_text("The ferry to Orsa Island will stop in March, harbour master Lena Holm said on Friday.\n", "utf-8")
    library = ["--library", str(tmp_path / "library")]
    subprocess.run([dragoman, *library, "ingest", article], check=True, cwd=tmp_path)
    question = "When will the ferry to Orsa Island stop?"
    run = subprocess.run([dragoman, *library, "ask", question, "--json"], capture_output=True, text=True, cwd=tmp_path)
    assert run.returncode == 0, run.stderr
    assert "March" in json.dumps(json.loads(run.stdout))
