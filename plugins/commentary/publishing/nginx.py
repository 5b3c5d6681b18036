"""A configuration by which nginx serves a folder of releases as the headers of the site ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from commentary.errors import SettingsError
from commentary.publishing.folder import CURRENT
from commentary.structured.headers import ALWAYS, FOR_EVER, HASHED, HTTPS, SHORT

if TYPE_CHECKING:
    from pathlib import Path

    from commentary.settings import Site

_UNWRITABLE = "$*?[\\"  # a variable, and patterns of file names

_CONF = """\
# nginx for {host}: include this file within http {{ }}. Made by `commentary publish NAME --nginx`.
map $uri $commentary_caching {{
    default "{short}";
    ~^{root}/{hashed}/ "{for_ever}";
}}
# Old addresses with a query; the others are pages. There is no such file while there are none.
map $request_uri $commentary_moved {{
    default "";
    include "{current}/redirects.ma[p]";
}}
server {{
    listen 80;
    listen [::]:80;
    server_name {host};
    # TLS: add `listen 443 ssl;` with your certificate, or put this behind what has one.
    root "{current}";
    absolute_redirect off;
    charset utf-8;
    charset_types text/css text/plain text/csv text/x-opml text/javascript application/xml application/json;
    server_tokens off;
    gzip on;
    gzip_vary on;
    gzip_types text/css text/plain text/javascript application/javascript application/json application/xml application/atom+xml application/rss+xml image/svg+xml;
    types {{
        text/html html;
        text/css css;
        text/javascript js;
        text/plain txt;
        text/csv csv;
        text/x-opml opml;
        application/json json;
        application/manifest+json webmanifest;
        application/xml atom rss xml;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        image/webp webp;
        image/avif avif;
        image/gif gif;
        image/x-icon ico;
    }}
{headers}
    add_header Cache-Control $commentary_caching always;
    if ($commentary_moved) {{
        return 301 $commentary_moved;
    }}
    error_page 404 {root}/404.html;
    location ~ /\\.(?!well-known/) {{
        return 404;
    }}
    location ~ ^{root}/(_headers|_redirects|redirects\\.map)$ {{
        return 404;
    }}
    location {root}/ {{
{alias}        index index.html;
    }}
}}
"""


def nginx_conf(site: Site, folder: Path) -> str:
    """The text of a file to be included within `http { }`; `folder` holds the releases.

    SettingsError: its path holds what nginx has no way to write.
    """
    parts = urlsplit(site.url)
    headers = ALWAYS | (HTTPS if parts.scheme == "https" else {})
    path = (folder.resolve() / CURRENT).as_posix()
    if odd := next((sign for sign in path if sign in _UNWRITABLE or not sign.isprintable()), None):
        raise SettingsError(f"{path!r} holds {odd!r}, which nginx would not take as it is; choose another folder")
    current = path.replace('"', '\\"')
    return _CONF.format(
        host=parts.hostname,
        root=site.root,
        hashed=HASHED,
        short=SHORT,
        for_ever=FOR_EVER,
        current=current,
        headers="\n".join(f'    add_header {name} "{value}" always;' for name, value in headers.items()),
        alias=f'        alias "{current}/";\n' if site.root else "",
    )
