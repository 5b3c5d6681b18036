from commentary.reading.redirects import load_redirects

PATH = "content/data/redirects.yaml"


def load(folder, text):
    file = folder / PATH
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    redirects, findings = load_redirects(file.parent, folder)
    return {r.address: (r.target, r.line) for r in redirects}, [(f.line, f.rule) for f in findings]


def test_a_line_is_an_old_address_and_its_new_one(tmp_path):
    assert load(tmp_path, '# old\n/feed: /feed.atom\n"/?p=1&x=2": /a/\n?p=2: /b\n/%ED%95%9C/: /c/\n') == (
        {"/feed/": ("/feed.atom", 2), "/?p=1&x=2": ("/a/", 3), "/?p=2": ("/b/", 4), "/한/": ("/c/", 5)},
        [],
    )


def test_no_file_is_no_redirect(tmp_path):
    assert load_redirects(tmp_path / "content/data", tmp_path) == ((), [])


def test_bad_lines_are_left_out_and_found_where_they_stand(tmp_path):
    text = "/a/: /b/\n/c/:\n/d/: [x]\n/e/: https://elsewhere.example/\nf: /b/\n/../g/: /b/\n/a/: /h/\n"

    redirects, findings = load(tmp_path, text)

    assert set(redirects) <= {"/a/"}
    assert {line for line, _ in findings} == {2, 3, 4, 5, 6, 7}
    assert {rule for _, rule in findings} == {"redirect"}


def test_a_file_that_is_no_mapping_is_one_finding(tmp_path):
    assert load(tmp_path, "- a\n- b\n") == ({}, [(1, "redirect")])
