"""`commentary publish` through rclone to a real S3 server of this machine, whose log tells the order of things."""

import re
import shutil
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest

from commentary.plan import MANIFEST
from tests.factories import REPOSITORY
from tests.folders import tree
from tests.hardening.sizes import tell
from tests.processes import LONG, started
from tests.publishing.servers import free_port
from tests.publishing.sites import publish, write_posts, write_site

OWN = REPOSITORY / ".venv/soak/bin/moto_server"  # where `make soak` puts it
SERVER = str(OWN) if OWN.exists() else shutil.which("moto_server")
pytestmark = pytest.mark.skipif(
    not (SERVER and shutil.which("rclone")),
    reason="rclone or moto_server is not installed; `make soak` brings the latter",
)

BUCKET = "remarks"
ASKED = re.compile(r'"(?:\x1b\[\d+m)*(PUT|DELETE|POST) /([^ ]*) HTTP/[^"]*" (\d+)')  # some lines are coloured
NO_BUNDLE = {"AWS_CA_BUNDLE": None}  # rclone would look into it for a server without TLS, too


class Bucket:
    """A bucket of a local server."""

    def __init__(self, port, log):
        self.port = port
        self.log = log
        self.seen = 0

    @property
    def remote(self):
        server = f"endpoint='http://127.0.0.1:{self.port}',force_path_style=true,region=us-east-1"
        return f":s3,provider=Other,no_check_bucket=true,acl=public-read,{server},access_key_id=nobody,secret_access_key=nothing:{BUCKET}"

    def ask(self, method, path):
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=20)) as line:
            line.request(method, path)
            answer = line.getresponse()
            return answer.status, answer.headers, answer.read()

    def writes(self):
        """What was written since this was last asked: (method, key) in the order of the server's log."""
        found = ASKED.findall(self.log.read_text())
        fresh, self.seen = found[self.seen :], len(found)
        assert {status for _, _, status in fresh} <= {"200", "204"}
        return [(method, path.partition("?")[0].removeprefix(f"{BUCKET}/")) for method, path, _ in fresh]


@pytest.fixture(name="bucket")
def _bucket(tmp_path):
    bucket = Bucket(free_port(), tmp_path / "log")
    with (
        bucket.log.open("w") as log,
        started([SERVER, "-H", "127.0.0.1", "-p", str(bucket.port)], stdout=log, stderr=log) as server,
    ):
        try:
            for _ in range(400):
                try:
                    assert bucket.ask("PUT", f"/{BUCKET}")[0] == 200
                    break
                except OSError:
                    time.sleep(0.05)
            else:
                pytest.fail(bucket.log.read_text())
            bucket.writes()
            yield bucket
        finally:
            server.terminate()
            server.wait(LONG)


STEPS = (r"theme/.*|old\.txt", r".*\.html", r".*\.(atom|rss|opml)|feed\.json|sitemap\.xml", re.escape(MANIFEST))


def steps(paths):
    """Which step of an upload each file belongs to: assets, pages, feeds, the manifest; the others may go at any time."""
    return [n for path in paths for n, pattern in enumerate(STEPS) if re.fullmatch(pattern, path)]


def test_a_site_goes_up_in_order_and_once_and_what_is_gone_goes_last(bucket, tmp_path):
    project = write_site(tmp_path / "project", remote=bucket.remote)
    (project / "content/extra").mkdir()
    (project / "content/extra/old.txt").write_text("old")
    first = publish(project, "remote", **NO_BUNDLE)
    assert first.returncode == 0, first.stderr

    files = tree(project / ".cache/publish/remote/site")
    sent = bucket.writes()
    assert {method for method, _ in sent} == {"PUT"}
    assert sorted(path for _, path in sent) == sorted(files)
    assert set(steps(files)) == {0, 1, 2, 3}
    assert steps(path for _, path in sent) == sorted(steps(files))
    for path in ("index.html", "feed.atom", "old.txt", next(name for name in files if name.startswith("theme/"))):
        status, headers, body = bucket.ask("GET", f"/{BUCKET}/{path}")
        assert (status, body) == (200, files[path])
        assert headers["Cache-Control"].endswith("immutable") == path.startswith("theme/")

    again = publish(project, "remote", **NO_BUNDLE)
    assert (again.returncode, again.stdout) == (0, "")
    assert bucket.writes() == []

    write_posts(project, 1)
    (project / "content/extra/old.txt").unlink()
    assert publish(project, "remote", **NO_BUNDLE).returncode == 0
    changed = bucket.writes()
    gone = [n for n, (method, _) in enumerate(changed) if method != "PUT"]
    assert len(gone) == 1
    assert [path for _, path in changed[gone[0] + 1 :]] == [MANIFEST]
    assert 0 < len(changed) < len(sent)
    assert bucket.ask("GET", f"/{BUCKET}/old.txt")[0] != 200
    page = "2025/04/30/number-0/index.html"
    assert bucket.ask("GET", f"/{BUCKET}/{page}")[2] == (project / ".cache/publish/remote/site" / page).read_bytes()
    tell(f"S3: {len(sent)} files, then 0, then {len(changed)}")
