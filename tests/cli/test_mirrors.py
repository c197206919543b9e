"""Where the services are is said by the settings, else by the environment."""

import pytest

from tui.settings.config import Config, chosen_mirrors


def test_environment_says_where_the_services_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://a.example")
    monkeypatch.setenv("PAPERS_TUI_ARXIV", "https://b.example")
    mirrors = chosen_mirrors(Config())
    assert (mirrors.hf, mirrors.arxiv) == ("https://a.example", "https://b.example")


def test_settings_go_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://a.example")
    assert chosen_mirrors(Config(mirrors={"hf": "https://b.example"})).hf == "https://b.example"
