import pytest

from commentary.reading.load import load
from commentary.settings import load_settings
from tests.factories import POST, write_project

BORNE = {
    "unquoted-line": POST.replace("said. […]\n", "said. […]\nand so it stood.\n"),
    "attribution": POST.replace("said. […]\n", "said. […]\n> -- the courier\n"),
    "unknown-story": POST.replace("topics:", "story: nowhere\ntopics:"),
}


@pytest.mark.parametrize(("rule", "text"), BORNE.items(), ids=BORNE)
def test_a_fault_that_the_author_means_does_not_keep_the_post_from_being_built(tmp_path, rule, text):
    def rules(text):
        settings = load_settings(write_project(tmp_path, {"a.md": text}) / "pelicanconf.py")
        loaded = load(settings)
        return [f.rule for f in loaded.findings], len(loaded.posts)

    assert rules(text) == ([rule], 0)
    assert rules(text.replace("topics:", f"allow: {rule}\ntopics:", 1)) == ([], 1)
